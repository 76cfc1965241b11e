import type { Failure, Preferences } from '@lectern/shared'
import { Value } from 'typebox/value'
import type { ApiClient } from '../api-client/api-client.ts'
import { ApiError } from '../api-client/api-error.ts'
import { forgetSync, type Learner, learnerStore, noteKnownAt } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { apiOf } from './api-of-learner.ts'

let flight: Promise<Learner> | undefined

/**
 * Makes sure that the API knows the learner with these preferences, and gives them as stored. Without answers
 * there is nothing to tell. Calls at the same time share one.
 * @throws ApiError when the API cannot be told
 */
export function syncLearner(): Promise<Learner> {
  flight ??= sync().finally(() => {
    flight = undefined
  })
  return flight
}

/** Waits until the API is not being told any more, whatever came of it. */
export async function syncSettled(): Promise<void> {
  await flight?.catch(() => undefined)
}

async function sync(): Promise<Learner> {
  const learner = await learnerStore.get()
  const { preferences } = learner
  if (preferences === null || learner.synced === 'current') return learner
  await noteKnownAt(apiUrlOf(await settingsStore.get()))
  await tell(await apiOf(learner), learner.synced, preferences)
  const isAsTold = (current: Learner) =>
    current.user_id === learner.user_id && Value.Equal(preferences, current.preferences)
  const stored = await learnerStore.update((current) => ({
    ...current,
    // They may have changed, or the learner been forgotten or replaced, while the API was told.
    synced: isAsTold(current) ? 'current' : current.synced,
  }))
  return stored.synced === 'current' ? stored : sync()
}

async function tell(api: ApiClient, synced: Learner['synced'], preferences: Preferences): Promise<void> {
  if (synced === 'none') return introduce(api, preferences)
  try {
    await api.changePreferences(preferences)
  } catch (error) {
    if (!isUnknownLearner(error)) throw error
    await introduce(api, preferences)
  }
}

async function introduce(api: ApiClient, preferences: Preferences): Promise<void> {
  await api.createUser()
  await api.submitQuestionnaire(preferences)
}

/**
 * Does what needs the API to know the learner; where it turns out that it does not, as after its database was
 * made anew, introduces them and does it once more.
 */
export async function asKnownLearner<T>(work: (learner: Learner) => Promise<T>): Promise<T> {
  try {
    return await work(await syncLearner())
  } catch (error) {
    if (!isUnknownLearner(error)) throw error
    await forgetSync()
    return await work(await syncLearner())
  }
}

const unknownLearner: readonly Failure['error'][] = ['user_not_found', 'onboarding_incomplete']

function isUnknownLearner(error: unknown): boolean {
  return error instanceof ApiError && unknownLearner.includes(error.failure.error)
}
