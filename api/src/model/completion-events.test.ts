import { APIError } from 'openai'
import { describe, expect, it } from 'vitest'
import { completionEvents } from './completion-events.ts'

/** What is read of a body that arrives in these pieces, and whether the rest of it was given up. */
async function read(...pieces: (string | Uint8Array)[]) {
  let isCancelled = false
  const waiting = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece))
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = waiting.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(next)
    },
    cancel() {
      isCancelled = true
    },
  })
  const batches: string[][] = []
  const words = async () => {
    for await (const events of completionEvents(new Response(body, { headers: { 'retry-after': '7' } })))
      batches.push(events.map(({ choices }) => choices?.[0]?.delta?.content ?? ''))
  }
  const failure = await words().then(
    () => undefined,
    (error: unknown) => error,
  )
  return { batches, failure, isCancelled }
}

const event = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const done = 'data: [DONE]\n\n'

describe('the events of a completion', () => {
  it('come together where they arrive together', async () => {
    expect((await read(event('one') + event('two'), event('three') + done)).batches).toEqual([
      ['one', 'two'],
      ['three'],
    ])
  })

  it('are whole however their bytes are cut, and whatever ends their lines', async () => {
    const bytes = new TextEncoder().encode(
      (event('größer ∑ 漢') + event('b') + done).replaceAll('\n', '\r\n'),
    )
    for (const size of [1, 2, 3, 7, 50]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      const { batches, failure } = await read(...pieces)
      expect([batches.flat(), failure]).toEqual([['größer ∑ 漢', 'b'], undefined])
    }
  })

  it('are told apart from comments and other fields', async () => {
    const { batches, failure } = await read(': keep-alive\n\n', 'id: 4\nretry: x\nother\n', event('one'))
    expect([batches, failure]).toEqual([[['one']], undefined])
  })

  it('end with the first end, and give up what may follow', async () => {
    const { batches, isCancelled } = await read(event('one') + done + event('two'), event('three'))
    expect([batches, isCancelled]).toEqual([[['one']], true])
  })

  it('end where the body ends in between', async () => {
    expect(await read(event('one'), 'data: {"choices":[{"del')).toMatchObject({
      batches: [['one']],
      failure: undefined,
    })
  })

  it.each([
    ['as OpenAI tells it', 'data: {"error":{"message":"overloaded"}}\n\n'],
    ['by the name of the event', 'event: error\ndata: {"message":"overloaded"}\n\n'],
  ])('fail with an error of the server, %s', async (_, text) => {
    const { failure, isCancelled } = await read(event('one'), text, event('two'))
    expect(failure).toBeInstanceOf(APIError)
    expect((failure as APIError).headers?.get('retry-after')).toBe('7')
    expect(isCancelled).toBe(true)
  })

  it.each(['data: {"choices":[{"secret\n\n', 'data: null\n\n', 'data: 7\n\n'])(
    'fail where one is none, without its text: %j',
    async (text) => {
      const { failure } = await read(event('one'), text)
      expect(failure).toBeInstanceOf(Error)
      expect(String(failure)).not.toContain('secret')
    },
  )

  it('fail where one does not end, and keep no more of it', async () => {
    const { failure, isCancelled } = await read('data: ', ...Array(30).fill('x'.repeat(50_000)))
    expect([String(failure), isCancelled]).toEqual(['Error: An event is too long.', true])
  })
})
