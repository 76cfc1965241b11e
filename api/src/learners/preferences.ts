import type { Failure, Preferences, PreferencesChange } from '@lectern/shared'
import { failure } from '../failure.ts'
import { userNotFound } from './accounts.ts'
import type { LearnerStore } from './ports.ts'

/** Keeps the answers to all questions, in place of earlier ones; `user_not_found` for an unknown learner. */
export async function completeOnboarding(
  store: LearnerStore,
  userId: string,
  preferences: Preferences,
): Promise<Preferences | Failure> {
  return (await store.savePreferences(userId, preferences)) ?? userNotFound()
}

/** Gives a learner's preferences; `user_not_found`, or `onboarding_incomplete` where there are none yet. */
export async function getPreferences(store: LearnerStore, userId: string): Promise<Preferences | Failure> {
  const learner = await store.find(userId)
  if (!learner) return userNotFound()
  return learner.preferences ?? onboardingIncomplete()
}

/** Changes the preferences that are given; failures as of {@link getPreferences}. */
export async function changePreferences(
  store: LearnerStore,
  userId: string,
  change: PreferencesChange,
): Promise<Preferences | Failure> {
  return (await store.changePreferences(userId, change)) ?? getPreferences(store, userId)
}

function onboardingIncomplete(): Failure {
  return failure(
    'onboarding_incomplete',
    'This user has not answered the questions yet: send the answers to POST /api/onboarding.',
  )
}
