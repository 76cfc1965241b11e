import type { FailureCode, WarmupChange, WarmupLesson } from '@lectern/shared'
import { foreignKey, index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Rewrites that staff let be made before class. */
export const warmups = pgTable('warmups', {
  warmup_id: uuid().primaryKey().defaultRandom(),
  site: text().notNull(),
  /** Each in its compact form. */
  profiles: text().array().notNull(),
  state: text().$type<WarmupChange['state']>().notNull().default('running'),
  created_by: text().notNull(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
})

export const warmupLessons = pgTable(
  'warmup_lessons',
  {
    warmup_id: uuid()
      .notNull()
      .references(() => warmups.warmup_id, { onDelete: 'cascade' }),
    lesson_hash: text().notNull(),
    lesson_slug: text().notNull(),
    title: text().notNull(),
    /** Without query and fragment, so that what failed can be tried again. */
    url: text(),
    /** Its text, until none of its rewrites waits any more. */
    lesson: jsonb().$type<WarmupLesson>(),
  },
  (table) => [primaryKey({ name: 'warmup_lessons_pk', columns: [table.warmup_id, table.lesson_hash] })],
)

/** One for each lesson and profile of a warm-up. */
export const warmupRewrites = pgTable(
  'warmup_rewrites',
  {
    rewrite_id: uuid().primaryKey().defaultRandom(),
    warmup_id: uuid().notNull(),
    lesson_hash: text().notNull(),
    profile: text().notNull(),
    state: text().$type<'waiting' | 'made' | 'failed'>().notNull().default('waiting'),
    error: text().$type<FailureCode>(),
    message: text(),
    ended_at: timestamp({ withTimezone: true }),
  },
  (table) => [
    foreignKey({
      name: 'warmup_rewrites_lesson_fk',
      columns: [table.warmup_id, table.lesson_hash],
      foreignColumns: [warmupLessons.warmup_id, warmupLessons.lesson_hash],
    }).onDelete('cascade'),
    index('warmup_rewrites_lesson').on(table.warmup_id, table.lesson_hash),
  ],
)
