import { ApiError } from '../api-client/api-error.ts'
import type { LearnerExported } from '../messaging/messages.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { apiOf } from './api-of-learner.ts'

/** All that the API in force keeps of the learner; null where it was never told of them. */
export async function exportLearner(): Promise<LearnerExported> {
  const learner = await learnerStore.get()
  if (learner.synced === 'none') return { ok: true, learner: null }
  try {
    return { ok: true, learner: await (await apiOf(learner)).exportLearner() }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.failure.error === 'user_not_found') return { ok: true, learner: null }
    return { ok: false, failure: error.failure }
  }
}
