import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

export type StallLimits = {
  /** So often it is looked whether a body goes on. */
  everyMs: number
  /** Of bytes that must have come meanwhile. */
  leastBytes: number
}

/** A dropped connection is noticed, a slow one of a few kB a second is not cut off. */
const usualLimits: StallLimits = { everyMs: 4_000, leastBytes: 1_024 }

/** Ends requests whose body stops arriving, or drips: whoever sent them hears of it within seconds. */
export function endStalledBodies(
  app: FastifyInstance,
  { everyMs, leastBytes }: StallLimits = usualLimits,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    done()
    const { raw } = request
    if (!hasBody(raw)) return
    let read = raw.socket.bytesRead
    const timer = setInterval(() => {
      const now = raw.socket.bytesRead
      const arrives = now - read >= leastBytes
      read = now
      if (raw.complete || reply.raw.headersSent) clearInterval(timer)
      else if (!arrives) {
        clearInterval(timer)
        // As Node does with a request that takes too long in all.
        app.server.emit('clientError', stalled(), raw.socket)
      }
    }, everyMs).unref()
    raw.once('close', () => clearInterval(timer))
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function stalled(): Error {
  return Object.assign(new Error('A body has stopped arriving.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
}
