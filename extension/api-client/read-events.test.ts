import type { StreamEvent } from '@lectern/shared'
import { emptyReceipt } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { readEvents } from './read-events.ts'

const apiUrl = 'https://api.example/lectern'
const text = `: heartbeat

event: block
data: {"section":1,"block":2,"status":"rewritten","inline":"یہ"}

event: later_version
data: {}

event: done
data: ${JSON.stringify({ receipt: emptyReceipt })}

`
const events: StreamEvent[] = [
  { event: 'block', data: { section: 1, block: 2, status: 'rewritten', inline: 'یہ' } },
  { event: 'done', data: { receipt: emptyReceipt } },
]

/** A body whose chunks come as given and which then ends, or stays open. */
function body(chunks: Uint8Array[], open = false): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      if (!open) controller.close()
    },
  })
}
const bytes = (text: string) => new TextEncoder().encode(text)

async function read(from: ReadableStream<Uint8Array>, silence?: number): Promise<StreamEvent[]> {
  const found: StreamEvent[] = []
  for await (const event of readEvents(from, apiUrl, silence)) found.push(event)
  return found
}

describe('a stream of events', () => {
  it('is read whole, and byte by byte', async () => {
    expect(await read(body([bytes(text)]))).toEqual(events)
    expect(await read(body([...bytes(text)].map((byte) => Uint8Array.of(byte))))).toEqual(events)
  })

  it.each([
    ['event: block\ndata: {"section":0,"block":2,"status":"rewritten"}\n\n', 'a malformed block event'],
    ['event: done\ndata: {"receipt"\n\n', 'a malformed done event'],
    [`event: done\ndata: ${' '.repeat(1_000_001)}`, 'an event is too large'],
  ])('that is malformed is refused: %#', async (malformed, detail) => {
    await expect(read(body([bytes(malformed)]))).rejects.toMatchObject({ failure: { detail } })
  })

  it('that falls silent has broken off', async () => {
    const failure = { error: 'api_unreachable', message: expect.stringContaining('at api.example broke off') }
    await expect(read(body([bytes(text)], true), 20)).rejects.toMatchObject({ failure })
  })
})
