import type { LessonProgress } from '@lectern/shared'
import { desc, eq, sql } from 'drizzle-orm'
import type { ProgressStore } from '../learners/ports.ts'
import type { Database } from './database.ts'
import { databaseCode, FOREIGN_KEY_VIOLATION } from './database-failure.ts'
import { lessonProgress, users } from './tables.ts'

type Row = Pick<typeof lessonProgress.$inferSelect, 'site' | 'lesson_slug' | 'state' | 'seconds'> & {
  updated_at: Date | string
}

/** Learners' progress in PostgreSQL. */
export function createProgressStore({ orm, read, write }: Database): ProgressStore {
  // With the learner, so that one who is not there differs from one without progress in a single statement.
  const listProgress = orm
    .select({ progress: lessonProgress })
    .from(users)
    .leftJoin(lessonProgress, eq(lessonProgress.user_id, users.user_id))
    .where(eq(users.user_id, sql.placeholder('userId')))
    .orderBy(desc(lessonProgress.updated_at))
    .prepare('list_progress')

  return {
    async list(userId) {
      const rows = await read(() => listProgress.execute({ userId }))
      if (rows.length === 0) return undefined
      return rows.flatMap(({ progress }) => (progress ? [progressOf(progress)] : []))
    },

    async merge(userId, lessons, most) {
      try {
        const rows = await write(() => orm.execute<Row>(mergeStatement(userId, lessons, most)))
        return rows.length === 0 ? 'full' : rows.map(progressOf)
      } catch (error) {
        if (databaseCode(error) === FOREIGN_KEY_VIOLATION) return 'unknown_learner'
        throw error
      }
    },
  }
}

function progressOf({ site, lesson_slug, state, seconds, updated_at }: Row): LessonProgress {
  return {
    lesson_slug,
    ...(site !== '' && { site }),
    state,
    seconds,
    updated_at: new Date(updated_at).toISOString(),
  }
}

function mergeStatement(userId: string, lessons: readonly LessonProgress[], most: number) {
  return sql`
    with given as (
      select coalesce(site, '') as site, lesson_slug, state, seconds, updated_at
      from jsonb_to_recordset(${JSON.stringify(lessons)}::jsonb) as given (
        site text, lesson_slug text, state text, seconds int, updated_at timestamptz
      )
    ), kept as (
      select site, lesson_slug from lesson_progress where user_id = ${userId}::uuid
    )
    insert into lesson_progress as current (user_id, site, lesson_slug, state, seconds, updated_at)
    select ${userId}::uuid, given.* from given
    where (select count(*) from (select site, lesson_slug from given union select * from kept) as lesson) <= ${most}
    on conflict (user_id, site, lesson_slug) do update set
      state = case when excluded.updated_at > current.updated_at then excluded.state else current.state end,
      seconds = greatest(excluded.seconds, current.seconds),
      updated_at = greatest(excluded.updated_at, current.updated_at)
    returning site, lesson_slug, state, seconds, updated_at`
}
