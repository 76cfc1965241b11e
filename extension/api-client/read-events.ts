import { type StreamEvent, type StreamEventName, streamEvents } from '@lectern/shared'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { Value } from 'typebox/value'
import { ApiError, brokenOff, unreadable } from './api-error.ts'

/** The API says something, a comment at least, more often than this (milliseconds). */
export const longestSilence = 60_000
/** Far above the largest event: an inline text of 100,000 characters. */
const largestEvent = 1_000_000

/**
 * The events of a streamed answer, each parsed by its schema; unknown names are passed over, as a later version
 * of the API may send more. Ending the loop cancels the answer.
 * @throws ApiError when the stream breaks off or falls silent, or an event is not what its name says
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  apiUrl: string,
  silence = longestSilence,
): AsyncGenerator<StreamEvent, void, undefined> {
  const arrived: EventSourceMessage[] = []
  const parser = createParser({
    onEvent: (event) => arrived.push(event),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw unreadable(apiUrl, 'an event is too large')
    },
    maxBufferSize: largestEvent,
  })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    while (true) {
      const { done, value } = await withinSilence(reader, silence)
      if (done) return
      parser.feed(decoder.decode(value, { stream: true }))
      for (const message of arrived.splice(0)) {
        const event = parseEvent(message, apiUrl)
        if (event !== undefined) yield event
      }
    }
  } catch (error) {
    throw error instanceof ApiError ? error : brokenOff(apiUrl, error)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function withinSilence(reader: ReadableStreamDefaultReader<Uint8Array>, silence: number) {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no word for ${silence} ms`)), silence)
  try {
    return await Promise.race([reader.read(), promise])
  } finally {
    clearTimeout(timer)
  }
}

function parseEvent({ event, data }: EventSourceMessage, apiUrl: string): StreamEvent | undefined {
  if (event === undefined || !Object.hasOwn(streamEvents, event)) return undefined
  const name = event as StreamEventName
  const parsed = parseJson(data)
  if (!Value.Check(streamEvents[name], parsed)) throw unreadable(apiUrl, `a malformed ${name} event`)
  return { event: name, data: parsed } as StreamEvent
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
