import type { ServerResponse } from 'node:http'
import type { Block, Preferences, StreamEvent } from '@lectern/shared'
import { emptyReceipt } from '@lectern/shared'
import { Value } from 'typebox/value'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { LessonEvent, type LessonQuestion } from '../messaging/lesson-protocol.ts'
import { forgetKeptLessons } from '../storage/kept-lessons.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { answerQuestion } from './answer-question.ts'
import { FixtureApi, fail, provenance, written } from './fixture-api.ts'
import '../storage/testing/database.ts'

const preferences: Preferences = {
  education_level: 'high_school',
  programming_experience: 'none',
  subject_background: 'basic',
  ai_ml_experience: 'none',
  learning_goals: ['teaching', 'hobby'],
  preferred_language: 'ur',
}
const blocks: Block[] = [
  { kind: 'heading', level: 1, text: 'Loops' },
  { kind: 'paragraph', text: 'A loop repeats.' },
  { kind: 'code', text: 'for x in xs:' },
  { kind: 'heading', level: 2, text: 'While' },
  { kind: 'paragraph', text: 'It may never end.' },
]
const question: LessonQuestion = {
  type: 'personalize',
  title: 'Loops',
  language: 'en',
  blocks,
  adjustment: 0,
  variant: 0,
}
const page = 'https://book.example/loops.html?session=secret#while'

let api: FixtureApi

beforeEach(async () => {
  fakeBrowser.reset()
  Object.assign(fakeBrowser, { permissions: { contains: async () => false } })
  api = await FixtureApi.start()
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
})
afterEach(() => api.close())

async function answers(asked = question): Promise<LessonEvent[]> {
  const events: LessonEvent[] = []
  for await (const event of answerQuestion(asked, page, new AbortController().signal)) {
    expect([...Value.Errors(LessonEvent, event)]).toEqual([])
    events.push(event)
  }
  return events
}

describe('a question', () => {
  it('without answers of the learner invites to the questions and asks nothing', async () => {
    expect(await answers()).toEqual([{ type: 'onboarding_needed' }])
    expect(api.calls).toEqual([])
  })

  it('makes the learner known, asks by hash, then sends the lesson', async () => {
    await savePreferences(preferences)
    const { user_id } = await learnerStore.get()
    const events = await answers()
    expect(api.routes).toEqual([
      'GET /api/sites',
      'POST /api/user/create',
      'POST /api/onboarding',
      'GET /api/rewrites/:hash',
      'POST /api/personalize',
    ])
    expect(api.users.get(user_id)).toEqual(preferences)
    expect(api.calls[3]?.query.get('profile')).toBe('high_school.none.basic.none.teaching.ur')
    expect(api.calls[4]?.headers).toMatchObject({ 'x-user-id': user_id, accept: 'text/event-stream' })
    expect(api.calls[4]?.body).toMatchObject({
      lesson_slug: 'loops',
      url: 'https://book.example/loops.html',
      title: 'Loops',
    })
    expect(events).toEqual([
      { type: 'plan', prose_blocks: 4, language: 'ur', direction: 'rtl' },
      { type: 'block', index: 0, status: 'rewritten', inline: 'New.' },
      { type: 'block', index: 1, status: 'rewritten', inline: 'New.' },
      { type: 'block', index: 3, status: 'rewritten', inline: 'New.' },
      { type: 'block', index: 4, status: 'rewritten', inline: 'New.' },
      { type: 'done', receipt: { ...emptyReceipt, rewritten: 1 }, ...provenance },
    ])
  })

  it('asks again by hash alone, and tells what it knows already to nobody', async () => {
    await savePreferences(preferences)
    const first = await answers()
    api.calls.length = 0
    await forgetKeptLessons()
    expect(await answers()).toEqual(first)
    expect(api.routes).toEqual(['GET /api/rewrites/:hash'])
  })

  it('sends the text of the missing sections alone', async () => {
    await savePreferences(preferences)
    await answers()
    const [first, second] = api.calls[4]?.body.sections ?? []
    api.lessons.clear()
    await forgetKeptLessons()
    api.missing = [second.hash]
    await answers()
    expect(api.calls.at(-1)?.body.sections).toEqual([{ hash: first.hash }, second])
  })

  it('sends all where the API has lost a section since', async () => {
    await savePreferences(preferences)
    await answers()
    const first = api.calls.at(-1)?.body.sections
    api.lessons.clear()
    await forgetKeptLessons()
    api.missing = [first[1].hash]
    const lost = (response: ServerResponse) =>
      fail(response, 404, 'lesson_not_stored', { missing: api.missing })
    api.instead.push(lost, lost)
    expect((await answers()).at(-1)?.type).toBe('done')
    expect(api.calls.at(-2)?.body.sections).toEqual([{ hash: first[0].hash }, first[1]])
    expect(api.calls.at(-1)?.body.sections).toEqual(first)
  })

  it('names the course’s site', async () => {
    api.sites = [{ id: 'book', name: 'Book', patterns: ['https://book.example/*'], policy: 'allow' }]
    await savePreferences(preferences)
    await answers()
    expect(api.calls.find((call) => call.route.startsWith('GET /api/rewrites'))?.query.get('site')).toBe(
      'book',
    )
  })

  it('tells a change of preferences before it asks', async () => {
    await savePreferences(preferences)
    await answers()
    await savePreferences({ ...preferences, preferred_language: 'en' })
    api.calls.length = 0
    const [plan] = await answers()
    expect(api.routes[0]).toBe('PUT /api/user/preferences')
    expect(plan).toMatchObject({ type: 'plan', language: 'en', direction: 'ltr' })
  })

  it('introduces the learner again to a database that was made anew, once', async () => {
    await savePreferences(preferences)
    await answers()
    api.users.clear()
    api.lessons.clear()
    await forgetKeptLessons()
    api.calls.length = 0
    expect((await answers()).at(-1)?.type).toBe('done')
    expect(api.routes).toEqual([
      'GET /api/rewrites/:hash',
      'POST /api/personalize',
      'POST /api/user/create',
      'POST /api/onboarding',
      'GET /api/rewrites/:hash',
      'POST /api/personalize',
    ])
  })

  it('counts additions through the whole lesson', async () => {
    await savePreferences(preferences)
    const addition = (section: number, after: number): StreamEvent => ({
      event: 'addition',
      data: { section, after, kind: 'analogy', inline: 'Like a carousel.' },
    })
    api.instead.push(stream(addition(1, 0), addition(1, 3), addition(2, 0), addition(2, 2)))
    const events = await answers()
    expect(events.flatMap((event) => (event.type === 'addition' ? event.after : []))).toEqual([-1, 2, 2, 4])
  })
})

describe('a failure', () => {
  beforeEach(() => savePreferences(preferences))

  const failures = async () =>
    (await answers()).flatMap((event) => (event.type === 'failed' ? event.failure : []))

  it('of an API that is away names its host and what to do', async () => {
    await api.close()
    const [failure] = await failures()
    expect(failure?.error).toBe('api_unreachable')
    expect(failure?.message).toMatch(/^Lectern’s API at 127\.0\.0\.1:\d+ does not answer\. Original works;/)
    expect((await learnerStore.get()).synced).toBe('none')
  })

  it('that the API says is passed on', async () => {
    const refusal = { error: 'site_not_listed', message: 'This site is not on the list. Ask your course.' }
    api.instead.push((response) =>
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(refusal)),
    )
    expect(await failures()).toEqual([refusal])
  })

  it('of another server is told from an answer', async () => {
    api.instead.push((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello'))
    expect(await failures()).toMatchObject([{ error: 'internal_error', detail: 'no event stream' }])
    api.instead.push((response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Hello'))
    expect(await failures()).toMatchObject([{ detail: 'HTTP status 404' }])
    api.instead.push((response) => response.writeHead(502).end('bad gateway'))
    expect(await failures()).toMatchObject([{ error: 'api_unreachable' }])
  })

  it('in the middle keeps what has arrived', async () => {
    api.instead.push((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(written({ event: 'block', data: { section: 1, block: 1, status: 'kept' } }), () =>
        response.destroy(),
      )
    })
    expect(await answers()).toMatchObject([
      { type: 'block', index: 0 },
      {
        type: 'failed',
        failure: { error: 'api_unreachable', message: expect.stringContaining('broke off') },
      },
    ])
  })

  it('is an answer that ends before its end', async () => {
    api.instead.push(stream({ event: 'block', data: { section: 1, block: 1, status: 'kept' } }))
    expect(await failures()).toMatchObject([{ message: expect.stringContaining('broke off') }])
  })

  it('of one section waits for the others', async () => {
    const failure = { error: 'upstream_failed', message: 'The model failed. Try again.' } as const
    api.instead.push(
      stream(
        { event: 'failed', data: { section: 1, ...failure } },
        { event: 'block', data: { section: 2, block: 1, status: 'kept' } },
        { event: 'failed', data: failure },
      ),
    )
    expect(await answers()).toEqual([
      { type: 'block', index: 3, status: 'kept' },
      { type: 'failed', failure },
    ])
  })

  it('is an answer that does not fit the lesson', async () => {
    api.instead.push(stream({ event: 'block', data: { section: 1, block: 4, status: 'kept' } }))
    expect(await failures()).toMatchObject([{ detail: 'section 1 has no block 4' }])
  })

  it('is a page without text', async () => {
    const code: Block[] = [{ kind: 'code', text: 'x' }]
    expect(await answers({ ...question, blocks: code })).toMatchObject([
      { failure: { error: 'lesson_empty' } },
    ])
    expect(api.calls).toEqual([])
  })
})

it('a lesson that is left ends the call to the API', async () => {
  await savePreferences(preferences)
  const leaving = new AbortController()
  api.instead.push((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(written({ event: 'block', data: { section: 1, block: 1, status: 'kept' } }))
  })
  const seen: LessonEvent[] = []
  for await (const event of answerQuestion(question, page, leaving.signal)) {
    seen.push(event)
    leaving.abort()
  }
  expect(seen).toHaveLength(1)
  await expect.poll(() => api.abandoned).toEqual(['GET /api/rewrites/:hash'])
})

function stream(...events: StreamEvent[]): FixtureApi['instead'][number] {
  return (response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.map(written).join(''))
}
