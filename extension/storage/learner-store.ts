import { Preferences, UserId } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'

/** How much the API knows of the learner: nothing, older preferences, or all. */
const syncStates = ['none', 'behind', 'current'] as const

/** The learner, as this browser keeps them. */
export const Learner = Type.Object({
  user_id: UserId,
  /** The six answers; null until the questions were answered and the learner agreed. */
  preferences: Type.Union([Preferences, Type.Null()]),
  synced: Type.Enum(syncStates),
})
export type Learner = Static<typeof Learner>

/** A learner whom nobody knows yet. */
function newLearner(): Learner {
  return { user_id: crypto.randomUUID(), preferences: null, synced: 'none' }
}

export const learnerStore = createPersistedStore({
  key: 'learner',
  version: 1,
  migrations: {},
  schema: Learner,
  initial: newLearner,
})

/** Keeps new answers; what the API has of older ones is out of date then. */
export function savePreferences(preferences: Preferences): Promise<Learner> {
  return learnerStore.update((learner) => ({
    ...learner,
    preferences,
    synced: learner.synced === 'none' ? 'none' : 'behind',
  }))
}

/** Forgets that the API knows the learner, as after a change of its address or of its database. */
export function forgetSync(): Promise<Learner> {
  return learnerStore.update((learner) => ({ ...learner, synced: 'none' }))
}

/** Forgets the learner: the next one has another id and no answers. */
export function forgetLearner(): Promise<Learner> {
  return learnerStore.update(newLearner)
}
