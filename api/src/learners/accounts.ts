import type { Failure, User } from '@lectern/shared'
import { failure } from '../failure.ts'
import type { Learner, LearnerStore } from './ports.ts'

/** Makes a learner; `user_exists` where the id is taken. */
export async function createLearner(store: LearnerStore, userId: string): Promise<User | Failure> {
  const learner = await store.create(userId)
  if (learner) return userOf(learner)
  return failure(
    'user_exists',
    'This user exists already: go on with it, or create one of another id.',
    'user_id',
  )
}

/** Gives a learner's account; `user_not_found` where there is none. */
export async function getLearner(store: LearnerStore, userId: string): Promise<User | Failure> {
  const learner = await store.find(userId)
  return learner ? userOf(learner) : userNotFound()
}

export function userNotFound(): Failure {
  return failure('user_not_found', 'There is no such user: create it with POST /api/user/create.', 'user_id')
}

function userOf({ user_id, created_at, updated_at, preferences }: Learner): User {
  return {
    user_id,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
    onboarding_completed: preferences !== undefined,
  }
}
