import type { LessonProgress, Preferences } from '@lectern/shared'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { FixtureApi } from '../background/fixture-api.ts'
import { savePreferences } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { afterWish, progressStore } from './progress-store.ts'
import { recordReading } from './record-reading.ts'
import { syncProgress } from './sync-progress.ts'
import '../storage/testing/database.ts'

const preferences: Preferences = {
  education_level: 'graduate',
  programming_experience: 'advanced',
  subject_background: 'none',
  ai_ml_experience: 'basic',
  learning_goals: ['research'],
  preferred_language: 'en',
}
const url = 'https://book.example/loops.html#part'
let api: FixtureApi
let learner: string
/** What the learner's school has set. */
let policy: object

beforeEach(async () => {
  fakeBrowser.reset()
  policy = {}
  Object.assign(fakeBrowser.storage, { managed: { get: async () => policy } })
  await moveApi()
  api.sites = [{ id: 'book', name: 'A Book', patterns: ['https://book.example/*'], policy: 'allow' }]
  learner = (await savePreferences(preferences)).user_id
})
afterEach(() => api.close())

const read = (seconds = 30, at = url) =>
  recordReading({ url: at, seconds, finished: false }, 'https://book.example/next.html')
const share = () => progressStore.update((kept) => afterWish(kept, api.url))
/** Another API answers from now on. */
async function moveApi(): Promise<void> {
  api = await FixtureApi.start()
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
}
const onProgress = () => api.routes.filter((route) => route.endsWith('/api/progress'))

describe('what a tab says was read', () => {
  it('is kept here under the lesson’s site, and stays here', async () => {
    await read()
    await read(12)
    expect((await progressStore.get()).lessons).toMatchObject([
      { lesson_slug: 'book.example/loops', site: 'book', state: 'in_progress', seconds: 42 },
    ])
    expect(onProgress()).toEqual([])
  })

  it('is not believed of another site, or of what is no web page', async () => {
    await read(30, 'https://elsewhere.example/loops.html')
    await read(30, 'about:blank')
    expect((await progressStore.get()).lessons).toEqual([])
  })
})

describe('a learner who wishes progress on the server', () => {
  it.each(['progress_sync', 'server_history'])(
    'has none sent where their school takes away %s',
    async (field) => {
      policy = { [field]: false }
      await share()
      await read()
      expect(await syncProgress({ now: true })).toEqual({ ok: true })
      expect(onProgress()).toEqual([])
    },
  )

  it('has it sent in one go, and then not with every reading', async () => {
    await read()
    await read(9, 'https://book.example/two.html')
    await share()
    await read()
    expect(onProgress()).toEqual(['PUT /api/progress', 'GET /api/progress'])
    expect(api.progress.get(learner)?.get('book.example/loops')).toMatchObject({ seconds: 60, site: 'book' })
    expect(api.progress.get(learner)?.size).toBe(2)
    await read()
    expect(onProgress().length).toBe(2)
    expect((await progressStore.get()).unsent).toEqual(['book.example/loops'])
    expect(await syncProgress({ now: true })).toEqual({ ok: true })
    expect(api.progress.get(learner)?.get('book.example/loops')).toMatchObject({ seconds: 90 })
    expect((await progressStore.get()).unsent).toEqual([])
  })

  it('hears what another device told it', async () => {
    const other: LessonProgress = {
      lesson_slug: 'book.example/three',
      state: 'completed',
      seconds: 5,
      updated_at: '2026-01-01T00:00:00.000Z',
    }
    api.progress.set(learner, new Map([[other.lesson_slug, other]]))
    await share()
    await syncProgress({ now: true })
    expect((await progressStore.get()).lessons).toEqual([other])
  })

  it('loses nothing while the server is away', async () => {
    await read()
    await share()
    await api.close()
    expect(await syncProgress({ now: true })).toMatchObject({
      ok: false,
      failure: { error: 'api_unreachable' },
    })
    expect(await progressStore.get()).toMatchObject({
      unsent: ['book.example/loops'],
      lessons: [{ seconds: 30 }],
    })
    await moveApi()
    await share()
    await syncProgress({ now: true })
    expect(api.progress.get(learner)?.size).toBe(1)
  })

  it('did not wish it of another server', async () => {
    await share()
    await read()
    const first = api
    await moveApi()
    await read()
    await syncProgress({ now: true })
    expect(onProgress()).toEqual([])
    await first.close()
  })
})
