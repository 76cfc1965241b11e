import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Failure } from '@lectern/shared'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure, isFailure } from '../failure.ts'
import { isDatabaseUnavailable } from '../storage/database-failure.ts'
import { failureStatus } from './failure-status.ts'
import { UnfitBodyError } from './read-json.ts'
import { validationFailure } from './validation-failure.ts'

const DATABASE_RETRY_S = 2

/** Makes every failure, returned or thrown, the JSON of its code with its status, in this one place. */
export function answerFailures(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    // Here rather than in a handler of its own: the body of a request to nowhere need not be read.
    if (request.is404)
      return reply.send(failure('not_found', 'There is nothing at this address: see /api/openapi.json.'))
  })
  app.addHook('preSerialization', async (_request, reply, payload) => {
    if (isFailure(payload)) setStatus(reply, payload)
    return payload
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (hasLeft(error, reply)) return void reply.hijack()
    // To close before all of a body has come, as Fastify would, takes the answer back from who is still sending.
    if (!request.raw.complete) reply.removeHeader('connection')
    const answer = failureOf(error, request)
    if (failureStatus[answer.error] >= 500) request.log.error({ req: request, err: error }, 'request failed')
    return reply.send(answer)
  })
}

/** Whether the reader of a stream left before its first word: there is nobody to answer. */
function hasLeft(error: FastifyError, reply: FastifyReply): boolean {
  return reply.raw.destroyed && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/** For what fails before a route is found, as a URL that cannot be decoded. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const answer = failureOf(error, request)
  setStatus(reply, answer)
  reply.headers({ ...bareHeaders, 'x-request-id': request.id }).send(answer)
}

/** For what is no HTTP, or does not arrive in time: there is no request to reply to. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  endWith(socket, clientErrors[error.code ?? ''] ?? noHttp)
}

/** For what Node answers by itself, without a body: an expectation other than 100-continue, and CONNECT. */
export function answerUnroutable({ server }: FastifyInstance): void {
  server.on('checkExpectation', ({ socket }: IncomingMessage) => endWith(socket, notExpected))
  server.on('connect', (_request: IncomingMessage, socket: Socket) => endWith(socket, noProxy))
}

/** Closes a connection with an answer; at once in both directions soon after, whatever the other side does. */
function endWith(socket: Socket, { status, reason, message }: typeof noHttp): void {
  const body = JSON.stringify(failure('validation_failed', message))
  const length = Buffer.byteLength(body)
  const headers = {
    ...bareHeaders,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': length,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${body}`)
  setTimeout(() => socket.destroy(), FAREWELL_MS).unref()
}

/** Of answers that no hook sees. */
const bareHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** To destroy a connection at once would take the answer back from who is still sending. */
const FAREWELL_MS = 2_000
const noHttp = { status: 400, reason: 'Bad Request', message: 'This is no HTTP request: send it again.' }
const notExpected = {
  status: 417,
  reason: 'Expectation Failed',
  message: 'Leave the header Expect out: nothing but 100-continue can be expected here.',
}
const noProxy = {
  status: 405,
  reason: 'Method Not Allowed',
  message: 'This is no proxy: see /api/openapi.json for what can be asked here.',
}
const clientErrors: Record<string, typeof noHttp> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    reason: 'Request Timeout',
    message: 'The request did not arrive in time: send it again.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    reason: 'Request Header Fields Too Large',
    message: 'The headers are too large: send fewer.',
  },
}

function setStatus(reply: FastifyReply, { error, retry_after }: Failure): void {
  reply.code(failureStatus[error])
  if (retry_after !== undefined) reply.header('retry-after', String(Math.ceil(retry_after)))
}

function failureOf(error: FastifyError | UnfitBodyError, request: FastifyRequest): Failure {
  if (error instanceof UnfitBodyError) return error.failure
  if (error.validation) {
    const part = error.validationContext ?? 'body'
    return validationFailure(error.validation, part, request.routeOptions.schema?.[part])
  }
  const known = frameworkFailures[error.code]
  if (known) return known
  if (isDatabaseUnavailable(error))
    return {
      ...failure('database_unavailable', 'The database does not answer just now: try again in a moment.'),
      retry_after: DATABASE_RETRY_S,
    }
  if (isClientError(error))
    return failure('validation_failed', 'The request cannot be read: see /api/openapi.json.')
  return failure('internal_error', 'Something went wrong on the server: try again in a moment.')
}

/** Fastify's own refusals, such as a wrong Content-Length. */
function isClientError({ code, statusCode = 500 }: FastifyError): boolean {
  return typeof code === 'string' && code.startsWith('FST_') && statusCode >= 400 && statusCode < 500
}

const frameworkFailures: Record<string, Failure> = {
  FST_ERR_CTP_BODY_TOO_LARGE: failure(
    'payload_too_large',
    'The body is larger than 512 KB: send less at once.',
  ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: failure('unsupported_media_type', 'Send the body as application/json.'),
  FST_ERR_CTP_INVALID_JSON_BODY: failure(
    'validation_failed',
    'The body is no valid JSON: correct it.',
    'body',
  ),
  FST_ERR_CTP_EMPTY_JSON_BODY: failure(
    'validation_failed',
    'The body is empty: send a JSON object, or leave the header Content-Type out.',
    'body',
  ),
  FST_ERR_BAD_URL: failure(
    'validation_failed',
    'The address is not well-formed: correct its % signs.',
    'url',
  ),
  FST_ERR_MAX_PARAM_LENGTH: failure('not_found', 'There is nothing at this address: see /api/openapi.json.'),
}
