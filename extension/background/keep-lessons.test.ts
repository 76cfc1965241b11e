import type { Block, StreamEvent } from '@lectern/shared'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { LessonEvent, LessonQuestion } from '../messaging/lesson-protocol.ts'
import { withSafeAnswers } from '../questions/draft.ts'
import { readKeptLessons } from '../storage/kept-lessons.ts'
import { savePreferences } from '../storage/learner-store.ts'
import { readLedger } from '../storage/ledger.ts'
import { changeSiteSettings } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import '../storage/testing/database.ts'
import { answerQuestion } from './answer-question.ts'
import { FixtureApi, fail, tagOf, written } from './fixture-api.ts'

const blocks: Block[] = [
  { kind: 'heading', level: 1, text: 'Loops' },
  { kind: 'paragraph', text: 'A loop repeats until a condition holds.' },
]
const question: LessonQuestion = {
  type: 'personalize',
  title: 'Loops',
  language: 'en',
  blocks,
  adjustment: 0,
  variant: 0,
}
const page = 'https://book.example/loops.html'

let api: FixtureApi

beforeEach(async () => {
  fakeBrowser.reset()
  Object.assign(fakeBrowser, { permissions: { contains: async () => false } })
  api = await FixtureApi.start()
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
  await savePreferences(withSafeAnswers({}))
})
afterEach(() => api.close())

async function answers(asked = question): Promise<LessonEvent[]> {
  const events: LessonEvent[] = []
  for await (const event of answerQuestion(asked, page, new AbortController().signal)) events.push(event)
  return events
}
const kept = async () => Object.values(await readKeptLessons())
const [stored, hash] = [() => [...api.lessons.values()][0] ?? [], () => [...api.lessons.keys()][0] ?? '']

describe('a lesson that was personalized on this machine', () => {
  it('opens without a network, as it was, and sends nothing of itself', async () => {
    const first = await answers()
    await api.close()
    const again = await answers()
    expect(again.slice(0, -1)).toEqual(first.slice(0, -1))
    expect(again.at(-1)).toEqual({ ...first.at(-1), cached: true })
    await expect
      .poll(async () => (await readLedger())[0])
      .toMatchObject({ kind: 'lesson_hash', answered: false })
    expect((await readLedger()).filter(({ kind }) => kind === 'lesson_text')).toHaveLength(1)
    api = await FixtureApi.start()
  })

  it('is checked by its hash and entity tag; the API answers that it is still the same', async () => {
    await answers()
    await answers()
    await expect.poll(async () => (await kept())[0]?.etag).toBe(tagOf(stored()))
    api.calls.length = 0
    await answers()
    await expect.poll(() => api.calls[0]?.headers['if-none-match']).toBe(tagOf(stored()))
    expect(api.routes).toEqual(['GET /api/rewrites/:hash'])
  })

  it('is another at the next look where the API has another', async () => {
    await answers()
    const better = stored().map((event) =>
      event.event === 'block' ? { ...event, data: { ...event.data, inline: 'Better.' } } : event,
    ) as StreamEvent[]
    api.lessons.set(hash(), better)
    expect(JSON.stringify(await answers())).toContain('New.')
    await expect.poll(async () => JSON.stringify(await kept())).toContain('Better.')
    expect(JSON.stringify(await answers())).toContain('Better.')
  })

  it('is asked for anew once the API has let go of it', async () => {
    await answers()
    api.lessons.clear()
    await answers()
    await expect.poll(kept).toEqual([])
    api.calls.length = 0
    await answers()
    expect(api.routes).toEqual(['GET /api/rewrites/:hash', 'POST /api/personalize'])
  })

  it('stays kept while the API has other things to do', async () => {
    await answers()
    api.instead.push((response) => fail(response, 503, 'overloaded'))
    await answers()
    await expect.poll(() => api.routes.filter((route) => route.startsWith('GET /api/rew'))).toHaveLength(2)
    expect(await kept()).toHaveLength(1)
  })

  it.each([
    ['other preferences', () => savePreferences(withSafeAnswers({ education_level: 'graduate' }))],
    [
      'another background in that site’s subject',
      () => changeSiteSettings(page, { subject_background: 'advanced' }),
    ],
  ])('is another one for %s', async (_, change) => {
    await answers()
    await change()
    await answers()
    expect(await kept()).toHaveLength(2)
  })

  it('is none of another API', async () => {
    await answers()
    await settingsStore.update((settings) => ({ ...settings, api_url: 'http://127.0.0.1:9' }))
    expect(await answers()).toMatchObject([{ type: 'failed', failure: { error: 'api_unreachable' } }])
  })

  it('is another one where it is simpler or in other words', async () => {
    await answers()
    await answers({ ...question, adjustment: -1 })
    await answers({ ...question, variant: 1 })
    expect(await kept()).toHaveLength(3)
  })

  it('is kept when all of it has arrived, and not before', async () => {
    const events: StreamEvent[] = [
      { event: 'plan', data: { sections: [{ hash: 'a'.repeat(64), state: 'missing', blocks: 2 }] } },
      { event: 'block', data: { section: 1, block: 1, status: 'kept' } },
    ]
    for (let call = 0; call < 2; call++)
      api.instead.push((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.end(events.map(written).join(''))
      })
    expect((await answers()).at(-1)?.type).toBe('failed')
    expect(await kept()).toEqual([])
  })
})

it('sends the site’s own subject background with the lesson', async () => {
  await changeSiteSettings(page, { subject_background: 'advanced' })
  await answers()
  const hashCall = api.calls.find(({ route }) => route === 'GET /api/rewrites/:hash')
  expect(hashCall?.query.get('profile')?.split('.')[2]).toBe('advanced')
  expect(api.calls.at(-1)?.body).toMatchObject({ subject_background: 'advanced' })
})
