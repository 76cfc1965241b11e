import type { Preferences } from '@lectern/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { forgetLearner, forgetSync, learnerStore, savePreferences } from './learner-store.ts'

const preferences: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'none',
  subject_background: 'basic',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'ur',
}

beforeEach(() => fakeBrowser.reset())

describe('the learner', () => {
  it('is one as soon as anything asks, without answers', async () => {
    const [one, other] = await Promise.all([learnerStore.get(), learnerStore.get()])
    expect(one.user_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(other).toEqual(one)
    expect(one).toMatchObject({ preferences: null, synced: 'none' })
  })

  it('is read as version 1 stored it', async () => {
    const learner = { user_id: 'c0ffee00-0000-4000-8000-000000000000', preferences, synced: 'current' }
    await fakeBrowser.storage.local.set({ learner, learner$: { v: 1 } })
    expect(await learnerStore.get()).toEqual(learner)
  })

  it('is behind on the API after a change, and unknown to another API', async () => {
    await learnerStore.update((learner) => ({ ...learner, synced: 'current' }))
    expect(await savePreferences(preferences)).toMatchObject({ preferences, synced: 'behind' })
    expect(await forgetSync()).toMatchObject({ preferences, synced: 'none' })
    expect(await savePreferences(preferences)).toMatchObject({ synced: 'none' })
  })

  it('is somebody else after being forgotten', async () => {
    const { user_id } = await savePreferences(preferences)
    const forgotten = await forgetLearner()
    expect(forgotten.preferences).toBeNull()
    expect(forgotten.user_id).not.toBe(user_id)
    expect(await learnerStore.get()).toEqual(forgotten)
  })
})
