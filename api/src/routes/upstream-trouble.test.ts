import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Fault, startStandInModel } from '../../load/stand-in-model.ts'
import { openaiEngine } from '../model/openai-engine.ts'
import {
  allCached,
  events,
  lessonBlocks,
  shortPatience,
  startLessonApi,
  stream,
  upload,
} from './testing/lesson-api.ts'

const { close, learner, model, personalize, send } = await startLessonApi({}, {}, shortPatience)
beforeEach(() => model.configure({}))
afterAll(close)

const section = () => upload(lessonBlocks().slice(0, 3))
const errorOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error?: string }).error,
]

describe('what passes', () => {
  it.each<[string, Omit<Fault, 'times'>]>([
    ['a full queue that says how long', { kind: 'status_429', retry_after: 1 }],
    [
      'a full queue that names a time',
      { kind: 'status_429', retry_after: new Date(Date.now() + 3000).toUTCString() },
    ],
    ['a full queue that says nothing', { kind: 'status_429' }],
    ['an error of the server', { kind: 'status_500' }],
  ])('%s is asked again, and ends in a rewrite', async (_, fault) => {
    const user = await learner()
    const lesson = section()
    model.configure({ faults: [{ ...fault, times: 1 }] })
    expect((await personalize(user, lesson)).receipt).toMatchObject({ rewritten: 1, restored: 0 })
    expect(model.requests).toHaveLength(2)
    expect(allCached(await personalize(user, lesson))).toBe(true)
  })

  it('a slow drip ends in a rewrite as long as each piece comes in time', async () => {
    model.configure({ tokens_per_second: 25 })
    expect((await personalize(await learner(), section())).receipt).toMatchObject({ rewritten: 1 })
  })
})

describe('what does not pass', () => {
  it.each<[string, Omit<Fault, 'times'>, number, string, number]>([
    ['a full queue', { kind: 'status_429', retry_after: 1 }, 503, 'overloaded', 3],
    ['a full queue for a long time', { kind: 'status_429', retry_after: 90 }, 503, 'overloaded', 1],
    ['errors of the server', { kind: 'status_500' }, 502, 'upstream_failed', 3],
    ['a request that is refused', { kind: 'status_400' }, 502, 'upstream_failed', 1],
    ['a wrong key', { kind: 'status_401' }, 502, 'upstream_refused', 1],
    ['silence', { kind: 'hang_before' }, 502, 'upstream_timeout', 1],
    ['silence within the answer', { kind: 'hang_within' }, 502, 'upstream_timeout', 1],
    ['a stream that is cut', { kind: 'cut' }, 502, 'upstream_failed', 1],
    ['a stream that ends too soon', { kind: 'ends_early' }, 502, 'upstream_failed', 1],
    ['an error within the answer', { kind: 'error_event' }, 502, 'upstream_failed', 1],
    ['an event that is broken', { kind: 'broken_event' }, 502, 'upstream_failed', 1],
    ['an answer that was too long', { kind: 'length' }, 502, 'upstream_failed', 1],
  ])(
    '%s ends in an error with its code, keeps nothing and leaves nothing open',
    async (_, fault, status, error, calls) => {
      const user = await learner()
      const lesson = section()
      model.configure({ faults: [{ ...fault, times: 99 }] })
      const failed = await send('POST', '/api/personalize', user, lesson)
      expect(await errorOf(failed)).toEqual([status, error])
      if (fault.retry_after !== undefined)
        expect(failed.headers.get('retry-after')).toBe(String(fault.retry_after))
      expect(model.requests).toHaveLength(calls)
      await expect.poll(model.open).toBe(0)
      model.configure({})
      const made = await personalize(user, lesson)
      expect([allCached(made), made.receipt.restored]).toEqual([false, 0])
    },
  )

  it('a drip without an end is given up', async () => {
    const user = await learner()
    model.configure({ tokens_per_second: 2 })
    expect(await errorOf(await send('POST', '/api/personalize', user, section()))).toEqual([
      502,
      'upstream_timeout',
    ])
    await expect.poll(model.open).toBe(0)
  })

  it('a server that is away', async () => {
    const gone = await startStandInModel()
    await gone.close()
    const away = await startLessonApi(openaiEngine({ baseURL: gone.url, apiKey: 'none', model: 'stand-in' }))
    const answer = await away.send('POST', '/api/personalize', await away.learner(), section())
    expect(await errorOf(answer)).toEqual([502, 'upstream_failed'])
    await away.close()
  })
})

/** How long it is left alone: all that is asked meanwhile must be asked within. */
const PAUSE_MS = 15_000

describe('an upstream that keeps failing', () => {
  it('is left alone, which learners hear at once, and asked by one call before all the others', async () => {
    const upstream = await startStandInModel()
    const engine = openaiEngine(
      { baseURL: upstream.url, apiKey: 'none', model: 'stand-in' },
      shortPatience,
      PAUSE_MS,
    )
    const its = await startLessonApi(engine)
    const user = await its.learner()
    const stored = section()
    await its.personalize(user, stored)

    upstream.configure({ faults: [{ kind: 'status_401', times: 999 }] })
    await its.send('POST', '/api/personalize', user, upload(lessonBlocks()))
    expect(upstream.requests).toHaveLength(4)
    await its.send('POST', '/api/personalize', user, section())
    const left = await its.send('POST', '/api/personalize', user, upload(lessonBlocks()))
    expect(upstream.requests).toHaveLength(5)
    expect([left.status, left.headers.get('retry-after')]).toEqual([502, expect.stringMatching(/^\d+$/)])
    const streamed = await events(await its.send('POST', '/api/personalize', user, section(), stream))
    expect(streamed.at(-1)?.data).toMatchObject({
      error: 'upstream_refused',
      retry_after: expect.any(Number),
    })
    expect(allCached(await its.personalize(user, stored))).toBe(true)
    expect(upstream.requests).toHaveLength(5)

    upstream.configure({})
    const lesson = section()
    await expect
      .poll(async () => (await its.send('POST', '/api/personalize', user, lesson)).status, { interval: 500 })
      .toBe(200)
    expect((await its.personalize(user, upload(lessonBlocks()))).receipt.rewritten).toBe(4)
    await its.close()
    await upstream.close()
  })
})
