import type { Failure } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { failure } from '../failure.ts'

/**
 * Refuses requests that a proxy and Node may read differently, or of which a body would be misread: what RFC 9112
 * tells a server to answer with 400 and Node lets through (two Host fields, a transfer coding beside chunked), and
 * compressed bodies.
 */
export function refuseAmbiguous(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const fault = faultOf(request)
    if (fault === undefined) done()
    else reply.send(fault)
  })
}

/** RFC 3986's host with a port; Node lets any text through. */
const HOST = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-fA-F:.]+\])(?::\d{0,5})?$/

function faultOf({ raw, headers }: FastifyRequest): Failure | undefined {
  const hosts = valuesOf(raw.rawHeaders, 'host')
  const [host = ''] = hosts
  // A client of HTTP/1.0 need not say it.
  if (hosts.length > 1 || (hosts.length === 0 && raw.httpVersion === '1.1') || !HOST.test(host))
    return failure('validation_failed', 'Host must be the name of the API, once: correct the header.', 'Host')
  const coding = headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return failure(
      'validation_failed',
      'Transfer-Encoding must be chunked, or be left out.',
      'Transfer-Encoding',
    )
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return failure(
      'unsupported_media_type',
      'Send the body as it is: leave Content-Encoding out.',
      'Content-Encoding',
    )
  return undefined
}

/** Node keeps one value alone of a field that must not come twice. */
function valuesOf(rawHeaders: readonly string[], field: string): string[] {
  const values: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.length === field.length && rawHeaders[i]?.toLowerCase() === field)
      values.push(rawHeaders[i + 1] ?? '')
  return values
}
