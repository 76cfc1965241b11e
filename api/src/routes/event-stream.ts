import type { StreamEvent } from '@lectern/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnswerFormat } from '../answers/ready-answers.ts'
import { EventReadable } from './event-readable.ts'

/** Whether the client asked for server-sent events. */
export function wantsEvents(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/event-stream')
}

/** The form of answer that the client asked for. */
export function formatWanted(request: FastifyRequest): AnswerFormat {
  return wantsEvents(request) ? 'events' : 'json'
}

/** Proxies must neither keep nor hold back a stream. */
export const eventHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const

export type StreamTimes = {
  /** Proxies and browsers give up on a silent connection; Chrome's worker needs a sign of life within 30 s. */
  heartbeatMs: number
  /** A reader who takes nothing for so long is taken for gone. */
  patienceMs: number
}

const usualTimes: StreamTimes = { heartbeatMs: 15_000, patienceMs: 60_000 }

/** Sends events as they come. A reader who leaves, or takes nothing, ends this stream, not what makes the events. */
export function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  events: AsyncGenerator<StreamEvent, void>,
  { heartbeatMs, patienceMs }: StreamTimes = usualTimes,
): FastifyReply {
  // Counts from the last byte that the connection took; a heartbeat that leaves is one.
  reply.raw.setTimeout(patienceMs, () => {
    request.log.warn({ req: request, reason: 'slow_reader', ms: patienceMs }, 'stream closed')
    reply.raw.destroy()
  })
  return reply.headers(eventHeaders).send(new EventReadable(events, heartbeatMs))
}
