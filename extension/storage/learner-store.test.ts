import type { Preferences } from '@lectern/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { forgetSync, learnerStore, noteKnownAt, savePreferences } from './learner-store.ts'

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

  it('knows each API that was told of them once, the latest last', async () => {
    await noteKnownAt('https://a.example')
    await noteKnownAt('https://b.example')
    expect((await noteKnownAt('https://a.example')).known_at).toEqual([
      'https://b.example',
      'https://a.example',
    ])
  })

  it('is behind on the API after a change, and unknown to another API', async () => {
    await learnerStore.update((learner) => ({ ...learner, synced: 'current' }))
    expect(await savePreferences(preferences)).toMatchObject({ preferences, synced: 'behind' })
    expect(await forgetSync()).toMatchObject({ preferences, synced: 'none' })
    expect(await savePreferences(preferences)).toMatchObject({ synced: 'none' })
  })
})
