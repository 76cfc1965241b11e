import { UserId } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'
import { ApiUrl } from './settings-store.ts'

/** A learner whom an API is yet to forget. The id is kept for nothing else. */
export const Erasure = Type.Object({ api_url: ApiUrl, user_id: UserId })
export type Erasure = Static<typeof Erasure>

/** Erasures that have been asked for and are not done: the one thing that outlives an erasure on this machine. */
export const erasureStore = createPersistedStore({
  key: 'erasures',
  version: 1,
  migrations: {},
  schema: Type.Object({
    waiting: Type.Array(Erasure, { maxItems: 1000 }),
    /** How often all of them were tried since one was done or added. */
    tries: Type.Integer({ minimum: 0 }),
  }),
  initial: (): { waiting: Erasure[]; tries: number } => ({ waiting: [], tries: 0 }),
})

/** Notes whom an API is to forget, before it is asked: who asks may end at any time. */
export async function noteErasures(asked: readonly Erasure[]): Promise<void> {
  await erasureStore.update(({ waiting }) => ({ waiting: [...waiting, ...asked].slice(-1000), tries: 0 }))
}
