import { ApiError } from '../api-client/api-error.ts'
import type { Outcome } from '../messaging/messages.ts'
import { forgetLearner, learnerStore } from '../storage/learner-store.ts'
import { apiOf } from './api-of-learner.ts'

/** Erases the learner on the server, as far as its API can, and then here; nothing here when the server is away. */
export async function eraseLearner(): Promise<Outcome> {
  const learner = await learnerStore.get()
  try {
    if (learner.synced !== 'none') await (await apiOf(learner)).clearCache()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.failure.error !== 'user_not_found') return { ok: false, failure: error.failure }
  }
  await forgetLearner()
  return { ok: true }
}
