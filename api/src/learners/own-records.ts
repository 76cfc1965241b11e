import type { Failure, LearnerExport } from '@lectern/shared'
import { userNotFound } from './accounts.ts'
import type { ClearableHistory, LearnerRecords } from './ports.ts'

export type OwnRecordsPorts = { records: LearnerRecords; history: ClearableHistory }

/** Gives all that is stored of a learner; `user_not_found` for an unknown one. */
export async function exportLearner(
  { records, history }: OwnRecordsPorts,
  userId: string,
): Promise<LearnerExport | Failure> {
  await history.flush()
  const tables = await records.list(userId)
  if (!tables) return userNotFound()
  return { user_id: userId.toLowerCase(), exported_at: new Date().toISOString(), tables }
}

/**
 * Erases a learner with all that is stored of them, and the rewrites that nobody else used; gives how many rows
 * that were. `user_not_found` where there is nothing. What a failure leaves, the next call erases.
 */
export async function eraseLearner(
  { records, history }: OwnRecordsPorts,
  userId: string,
): Promise<{ deleted_count: number } | Failure> {
  const deleted = (await history.clear(userId)) + (await records.erase(userId))
  return deleted === 0 ? userNotFound() : { deleted_count: deleted }
}
