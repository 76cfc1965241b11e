import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { LessonEvent, LessonQuestion } from './lesson-protocol.ts'
import { openLessonStream } from './open-lesson-stream.ts'

const question: LessonQuestion = {
  type: 'personalize',
  title: 'Loops',
  language: 'en',
  blocks: [],
  adjustment: 0,
  variant: 0,
}
const kept = (index: number): LessonEvent => ({ type: 'block', index, status: 'kept' })

/** The background's end of the port, which the fake browser lacks. */
class Background {
  say: (event: LessonEvent) => void = () => {}
  leave: () => void = () => {}
  readonly heard: unknown[] = []
  left = false

  connect() {
    return {
      onMessage: {
        addListener: (listener: Background['say']) => {
          this.say = listener
        },
      },
      onDisconnect: {
        addListener: (listener: Background['leave']) => {
          this.leave = listener
        },
      },
      postMessage: (message: unknown) => this.heard.push(message),
      disconnect: () => {
        this.left = true
      },
    }
  }
}

let background: Background

beforeEach(() => {
  background = new Background()
  Object.assign(fakeBrowser.runtime, { connect: () => background.connect() })
})

async function read(stream: AsyncIterable<LessonEvent>): Promise<LessonEvent[]> {
  const events: LessonEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

afterEach(() => vi.useRealTimers())

const failed: LessonEvent = { type: 'failed', failure: { error: 'overloaded', message: 'Try again.' } }

it('asks at once, gives what is said to the last of it, and lets the background go', async () => {
  const stream = openLessonStream(question)
  expect(background.heard).toEqual([question])
  background.say(kept(0))
  const reading = read(stream)
  await Promise.resolve()
  background.say(kept(1))
  background.say(failed)
  expect(await reading).toEqual([kept(0), kept(1), failed])
  expect(background.left).toBe(true)
})

it('asks again when the background ends in the middle of its answer', async () => {
  vi.useFakeTimers()
  const reading = read(openLessonStream(question))
  background.say(kept(0))
  background.leave()
  await vi.advanceTimersByTimeAsync(100)
  expect(background.heard).toEqual([question, question])
  background.say(kept(0))
  background.say(failed)
  expect(await reading).toEqual([kept(0), kept(0), failed])
})

it('gives up on a background that ends each time that it is asked', async () => {
  vi.useFakeTimers()
  const reading = read(openLessonStream(question))
  for (const pause of [100, 300, 1000, 3000, 10_000]) {
    background.leave()
    await vi.advanceTimersByTimeAsync(pause)
  }
  expect(background.heard).toHaveLength(6)
  background.leave()
  expect(await reading).toEqual([])
})

it('asks nobody again once it was closed', async () => {
  vi.useFakeTimers()
  const stream = openLessonStream(question)
  background.leave()
  stream.close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(background.heard).toHaveLength(1)
})

it('says nothing after it was closed, and lets the background know', async () => {
  const stream = openLessonStream(question)
  background.say(kept(0))
  stream.close()
  expect(await read(stream)).toEqual([])
  expect(background.left).toBe(true)
})

it('ends a reading that waits when it is closed', async () => {
  const stream = openLessonStream(question)
  const reading = read(stream)
  await Promise.resolve()
  stream.close()
  expect(await reading).toEqual([])
})

it('says in a page that outlived the extension what to do', async () => {
  Object.assign(fakeBrowser.runtime, {
    connect: () => {
      throw new Error('Extension context invalidated.')
    },
  })
  expect(await read(openLessonStream(question))).toMatchObject([
    {
      type: 'failed',
      failure: { error: 'extension_updated', message: expect.stringContaining('reload the page') },
    },
  ])
})
