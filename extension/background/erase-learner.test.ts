import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { withSafeAnswers } from '../questions/draft.ts'
import { erasureStore } from '../storage/erasure-store.ts'
import { readKeptLessons } from '../storage/kept-lessons.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { readLedger } from '../storage/ledger.ts'
import { changeSiteSettings } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import '../storage/testing/database.ts'
import { eraseAgain, eraseLearner, eraseWaiting, resumeErasures } from './erase-learner.ts'
import { exportLearner } from './export-learner.ts'
import { FixtureApi } from './fixture-api.ts'
import { syncLearner } from './sync-learner.ts'

let api: FixtureApi

const useApi = (api_url: string) => settingsStore.update((settings) => ({ ...settings, api_url }))

beforeEach(async () => {
  fakeBrowser.reset()
  api = await FixtureApi.start()
  await useApi(api.url)
  await savePreferences(withSafeAnswers({}))
})
afterEach(() => api.close())

it('erases here, and at the API as the learner', async () => {
  const { user_id } = await syncLearner()
  await changeSiteSettings('https://book.example/', { off: true })
  expect(await eraseLearner()).toEqual({ waiting: [] })
  expect(api.calls.at(-1)).toMatchObject({ route: 'DELETE /api/user/:id', headers: { 'x-user-id': user_id } })
  expect(api.users.size).toBe(0)
  const kept = JSON.stringify(await fakeBrowser.storage.local.get())
  expect(kept).not.toContain(user_id)
  expect(kept).not.toContain('book.example')
  expect(await learnerStore.get()).toMatchObject({ preferences: null, synced: 'none', known_at: [] })
  expect(await readKeptLessons()).toEqual({})
  expect((await readLedger()).map(({ kind }) => kind)).toEqual(['erasure'])
})

it('asks no API that never heard of the learner', async () => {
  expect(await eraseLearner()).toEqual({ waiting: [] })
  expect(api.calls).toEqual([])
})

it('erases at each API that was told of the learner', async () => {
  const { user_id } = await syncLearner()
  const other = await FixtureApi.start()
  await useApi(other.url)
  await learnerStore.update((learner) => ({ ...learner, synced: 'none' }))
  await syncLearner()
  await eraseLearner()
  expect([api, other].map(({ users }) => users.has(user_id))).toEqual([false, false])
  await other.close()
})

it('says which API is away, keeps the id for it alone, and tries again until it is done', async () => {
  const { user_id } = await syncLearner()
  let away = true
  api.before = async (route) => {
    if (away && route.startsWith('DELETE')) throw new Error('away')
  }
  const { host } = new URL(api.url)
  const erased = await eraseLearner()
  expect(erased.waiting).toMatchObject([{ host, failure: { error: 'api_unreachable' } }])
  expect(await erasureStore.get()).toMatchObject({ waiting: [{ api_url: api.url, user_id }], tries: 1 })
  const elsewhere = await fakeBrowser.storage.local.get(null)
  delete elsewhere.erasures
  expect(JSON.stringify(elsewhere)).not.toContain(user_id)

  await eraseWaiting()
  expect((await erasureStore.get()).tries).toBe(2)
  const [alarm] = await fakeBrowser.alarms.getAll()
  expect(alarm?.name).toBe(eraseAgain)
  expect((alarm?.scheduledTime ?? 0) - Date.now()).toBeGreaterThan(90_000)

  // As after the browser was closed.
  await fakeBrowser.alarms.clearAll()
  await resumeErasures()
  expect(await fakeBrowser.alarms.getAll()).toHaveLength(1)
  away = false
  expect(await eraseWaiting()).toEqual({ waiting: [] })
  expect((await erasureStore.get()).waiting).toEqual([])
  expect(api.users.has(user_id)).toBe(false)
})

it('waits for a learner who is just being told of, or they would come back', async () => {
  const telling = syncLearner()
  await eraseLearner()
  await telling
  expect(api.users.size).toBe(0)
})

it('exports what the API keeps of the learner, if it knows them', async () => {
  expect(await exportLearner()).toEqual({ ok: true, learner: null })
  const { user_id } = await syncLearner()
  expect(await exportLearner()).toMatchObject({ ok: true, learner: { user_id } })
  api.users.clear()
  expect(await exportLearner()).toEqual({ ok: true, learner: null })
})

it('says why the API gives no export', async () => {
  await syncLearner()
  await useApi('http://127.0.0.1:9')
  expect(await exportLearner()).toMatchObject({ ok: false, failure: { error: 'api_unreachable' } })
})
