import type { Failure } from '@lectern/shared'
import { userNotFound } from './accounts.ts'
import type { ClearableHistory, LearnerStore } from './ports.ts'

/** Forgets what a learner has read, with the rewrites that nobody else used; `user_not_found` for an unknown one. */
export async function clearHistory(
  store: LearnerStore,
  history: ClearableHistory,
  userId: string,
): Promise<{ deleted_count: number } | Failure> {
  if (!(await store.find(userId))) return userNotFound()
  return { deleted_count: await history.clear(userId) }
}
