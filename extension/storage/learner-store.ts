import { Preferences, UserId } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'
import { ApiUrl } from './settings-store.ts'

/** How much the API knows of the learner: nothing, older preferences, or all. */
const syncStates = ['none', 'behind', 'current'] as const

/** The learner, as this browser keeps them. */
export const Learner = Type.Object({
  user_id: UserId,
  /** The six answers; null until the questions were answered and the learner agreed. */
  preferences: Type.Union([Preferences, Type.Null()]),
  synced: Type.Enum(syncStates),
  /** Addresses of the APIs that were told of the learner, and so have something to erase. */
  known_at: Type.Array(ApiUrl, { maxItems: 100 }),
})
export type Learner = Static<typeof Learner>

/** A learner whom nobody knows yet. */
function newLearner(): Learner {
  return { user_id: crypto.randomUUID(), preferences: null, synced: 'none', known_at: [] }
}

export const learnerStore = createPersistedStore({
  key: 'learner',
  version: 2,
  // The address in force, which knows the learner unless `synced` says otherwise, is added where it is used.
  migrations: { 2: (older) => ({ ...(older as object), known_at: [] }) },
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

/** Notes that an API is about to be told of the learner. */
export function noteKnownAt(apiUrl: string): Promise<Learner> {
  return learnerStore.update((learner) => ({
    ...learner,
    known_at: [...learner.known_at.filter((known) => known !== apiUrl), apiUrl].slice(-100),
  }))
}

/** The addresses of the APIs that have something to erase of a learner, who uses the one `inForce` now. */
export function apisThatKnow({ synced, known_at }: Learner, inForce: string): string[] {
  return [...new Set([...known_at, ...(synced === 'none' ? [] : [inForce])])]
}

/** Forgets that the API knows the learner, as after a change of its address or of its database. */
export function forgetSync(): Promise<Learner> {
  return learnerStore.update((learner) => ({ ...learner, synced: 'none' }))
}
