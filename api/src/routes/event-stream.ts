import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { StreamEvent } from '@lectern/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { eventText } from '../answers/event-text.ts'
import type { AnswerFormat } from '../answers/ready-answers.ts'

/** Proxies and browsers give up on a silent connection; Chrome's worker needs a sign of life within 30 s. */
const HEARTBEAT_MS = 15_000

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

/** Sends events as they come. A reader who leaves ends this stream, not what makes the events. */
export function sendEvents(reply: FastifyReply, events: AsyncGenerator<StreamEvent, void>): FastifyReply {
  return reply
    .headers(eventHeaders)
    .send(Readable.from(written(events), { objectMode: false, highWaterMark: 16_384 }))
}

async function* written(events: AsyncGenerator<StreamEvent, void>): AsyncGenerator<string, void> {
  try {
    for (let next = events.next(); ; ) {
      const silence = new AbortController()
      const heartbeat = delay(HEARTBEAT_MS, 'heartbeat' as const, { signal: silence.signal, ref: false })
      // The race's loser is ended below; its rejection is expected.
      heartbeat.catch(() => {})
      const arrived = await Promise.race([next, heartbeat])
      silence.abort()
      if (arrived === 'heartbeat') {
        yield ': still at it\n\n'
        continue
      }
      if (arrived.done) return
      yield eventText(arrived.value)
      next = events.next()
    }
  } finally {
    void events.return()
  }
}
