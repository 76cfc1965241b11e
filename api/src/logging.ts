import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import type { LogLevel } from './config.ts'
import { errorReport } from './error-report.ts'

/** Where log lines go; standard output by default. */
export type LogStream = { write(line: string): void }

/** One JSON line for an event; no ids of learners, keys, bodies or addresses of lessons in it. */
export function loggerOptions(level: LogLevel, stream?: LogStream): FastifyServerOptions['logger'] {
  return {
    level,
    ...(stream && { stream }),
    base: null,
    serializers: { err: (error) => ({ ...errorReport(error) }), req: requestReport },
    hooks: {
      // Without a message of its own a line would get the error's.
      logMethod([first, ...rest], method) {
        const fields: unknown = first instanceof Error ? { err: first } : first
        const words = rest.length === 0 && holdsError(fields) ? ['error'] : rest
        method.apply(this, [fields, ...words] as Parameters<typeof method>)
      },
    },
  }
}

function holdsError(fields: unknown): boolean {
  return typeof fields === 'object' && fields !== null && 'err' in fields
}

function requestReport({ method, routeOptions }: FastifyRequest) {
  // Not the URL: it holds ids and hashes.
  return { method, route: routeOptions?.url ?? 'none' }
}

/** What Fastify itself logs of a request: one line at its end, and no error's message. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const fields = { req: request, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (error) reply.log.warn({ ...fields, err: error }, 'request broken off')
    else reply.log.info(fields, 'request completed')
  }

  override writeHeadError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
    reply.log.warn({ req: request, err: error }, 'response headers refused')
  }
}
