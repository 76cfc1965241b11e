import { Preferences } from '@lectern/shared'
import { eq, sql } from 'drizzle-orm'
import { makePgArray } from 'drizzle-orm/pg-core'
import { Compile } from 'typebox/compile'
import { Batcher } from '../batcher.ts'
import type { Learner, LearnerStore } from '../learners/ports.ts'
import type { Database } from './database.ts'
import { databaseCode, FOREIGN_KEY_VIOLATION } from './database-failure.ts'
import { userPreferences, users } from './tables.ts'
import { unseenValue } from './unseen-value.ts'

const preferencesSchema = Compile(Preferences)

/** Learners in PostgreSQL. Preferences that no longer fit their schema count as not given. */
export function createLearnerStore({ orm, read, write }: Database): LearnerStore {
  const findLearners = orm
    .select({ user: users, preferences: userPreferences })
    .from(users)
    .leftJoin(userPreferences, eq(userPreferences.user_id, users.user_id))
    .where(sql`${users.user_id} = any(${unseenValue('userIds', 'uuid[]')})`)
    .prepare('find_learners')

  // A class that opens a lesson at the same time is looked up together: 500 queries were the most of that lesson's.
  const lookups = new Batcher<string, Learner | undefined>(async (userIds) => {
    const rows = await read(() => findLearners.execute({ userIds: makePgArray([...new Set(userIds)]) }))
    const found = new Map(
      rows.map(({ user, preferences }) => [user.user_id, learnerOf(user, preferences)] as const),
    )
    return userIds.map((userId) => found.get(userId.toLowerCase()))
  })

  return {
    async create(userId) {
      const [user] = await write(() =>
        orm.insert(users).values({ user_id: userId }).onConflictDoNothing().returning(),
      )
      return user && learnerOf(user, null)
    },

    find: (userId) => lookups.ask(userId),

    async savePreferences(userId, preferences) {
      try {
        const [row] = await write(() =>
          orm
            .insert(userPreferences)
            .values({ user_id: userId, ...preferences })
            .onConflictDoUpdate({
              target: userPreferences.user_id,
              set: { ...preferences, updated_at: sql`now()` },
            })
            .returning(),
        )
        return row && preferencesOf(row)
      } catch (error) {
        if (databaseCode(error) === FOREIGN_KEY_VIOLATION) return undefined
        throw error
      }
    },

    async changePreferences(userId, change) {
      const [row] = await write(() =>
        orm
          .update(userPreferences)
          .set({ ...change, updated_at: sql`now()` })
          .where(eq(userPreferences.user_id, userId))
          .returning(),
      )
      return row && preferencesOf(row)
    },
  }
}

function learnerOf(
  user: typeof users.$inferSelect,
  row: typeof userPreferences.$inferSelect | null,
): Learner {
  const preferences = row ? preferencesOf(row) : undefined
  return { ...user, updated_at: row?.updated_at ?? user.created_at, ...(preferences && { preferences }) }
}

function preferencesOf(row: typeof userPreferences.$inferSelect): Preferences | undefined {
  const { user_id: _, updated_at: __, ...answers } = row
  return preferencesSchema.Check(answers) ? answers : undefined
}
