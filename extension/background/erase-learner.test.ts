import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { withSafeAnswers } from '../questions/draft.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { eraseLearner } from './erase-learner.ts'
import { FixtureApi } from './fixture-api.ts'
import { syncLearner } from './sync-learner.ts'

let api: FixtureApi

beforeEach(async () => {
  fakeBrowser.reset()
  api = await FixtureApi.start()
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
  await savePreferences(withSafeAnswers({}))
})
afterEach(() => api.close())

it('erases on the server, as the learner, and then here', async () => {
  const { user_id } = await syncLearner()
  expect(await eraseLearner()).toEqual({ ok: true })
  expect(api.calls.at(-1)).toMatchObject({
    route: 'DELETE /api/personalize/cache',
    headers: { 'x-user-id': user_id },
  })
  const learner = await learnerStore.get()
  expect(learner).toMatchObject({ preferences: null, synced: 'none' })
  expect(learner.user_id).not.toBe(user_id)
})

it('asks no server that never heard of the learner', async () => {
  expect(await eraseLearner()).toEqual({ ok: true })
  expect(api.calls).toEqual([])
})

it('erases nothing when the server is away', async () => {
  const learner = await syncLearner()
  await api.close()
  expect(await eraseLearner()).toMatchObject({ ok: false, failure: { error: 'api_unreachable' } })
  expect(await learnerStore.get()).toEqual(learner)
})
