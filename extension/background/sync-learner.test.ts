import type { Preferences } from '@lectern/shared'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { FixtureApi } from './fixture-api.ts'
import { syncLearner } from './sync-learner.ts'
import '../storage/testing/database.ts'

const preferences: Preferences = {
  education_level: 'graduate',
  programming_experience: 'advanced',
  subject_background: 'none',
  ai_ml_experience: 'basic',
  learning_goals: ['research'],
  preferred_language: 'en',
}
let api: FixtureApi

beforeEach(async () => {
  fakeBrowser.reset()
  api = await FixtureApi.start()
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
})
afterEach(() => api.close())

it('tells nothing of a learner without answers', async () => {
  await syncLearner()
  expect(api.calls).toEqual([])
})

it('tells the API once, however many ask', async () => {
  await savePreferences(preferences)
  await Promise.all([syncLearner(), syncLearner(), syncLearner()])
  expect(api.routes).toEqual(['POST /api/user/create', 'POST /api/onboarding'])
  expect(await syncLearner()).toMatchObject({ preferences, synced: 'current' })
  expect(api.calls).toHaveLength(2)
})

it('takes a learner whom the API knows already', async () => {
  const { user_id } = await savePreferences(preferences)
  api.users.set(user_id, null)
  await syncLearner()
  expect(api.users.get(user_id)).toEqual(preferences)
})

it('does not lose a change that is made while the API is told', async () => {
  const { user_id } = await savePreferences(preferences)
  const changed = { ...preferences, preferred_language: 'ur' as const }
  api.before = async (route) => {
    if (route === 'POST /api/onboarding' && api.users.get(user_id) === null) await savePreferences(changed)
  }
  await syncLearner()
  expect(api.users.get(user_id)).toEqual(changed)
  expect(await learnerStore.get()).toMatchObject({ preferences: changed, synced: 'current' })
})
