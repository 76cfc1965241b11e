import type { ProgressState, ReportKind, Site } from '@lectern/shared'
import {
  bigint,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { UsageScope } from '../usage/ports.ts'
import { personalizedContentCache } from './rewrite-tables.ts'

// The columns have the names of the fields that they hold in the shared schemas.

const moment = () => timestamp({ withTimezone: true }).notNull().defaultNow()

export const users = pgTable('users', {
  user_id: uuid().primaryKey(),
  created_at: moment(),
})

const count = () => bigint({ mode: 'number' }).notNull().default(0)

const learner = () =>
  uuid()
    .notNull()
    .references(() => users.user_id, { onDelete: 'cascade' })

/** A learner has a row once onboarding is completed. */
export const userPreferences = pgTable('user_preferences', {
  user_id: learner().primaryKey(),
  education_level: text().notNull(),
  programming_experience: text().notNull(),
  subject_background: text().notNull(),
  ai_ml_experience: text().notNull(),
  learning_goals: text().array().notNull(),
  preferred_language: text().notNull(),
  updated_at: moment(),
})

/** Which sections a lesson has, in order; no text. */
export const lessons = pgTable(
  'lessons',
  {
    lesson_hash: text().primaryKey(),
    section_hashes: text().array().notNull(),
    created_at: moment(),
  },
  // Erasure asks which lessons share a section, and who else read them.
  (table) => [index('lessons_section_hashes').using('gin', table.section_hashes)],
)

/** Who read what; the profile hashes are those under which the lesson's sections may stand in the cache. */
export const userLessons = pgTable(
  'user_lessons',
  {
    user_id: learner(),
    lesson_hash: text().notNull(),
    version_hash: text().notNull(),
    profile_hashes: text().array().notNull(),
    lesson_slug: text().notNull(),
    first_read_at: moment(),
    last_read_at: moment(),
  },
  (table) => [
    primaryKey({
      name: 'user_lessons_pk',
      columns: [table.user_id, table.lesson_hash, table.version_hash, table.profile_hashes],
    }),
    index('user_lessons_lesson_hash').on(table.lesson_hash),
  ],
)

/** The whitelist, in the order in which sites are tried. */
export const sites = pgTable('sites', {
  id: text().primaryKey(),
  site: jsonb().$type<Site>().notNull(),
  position: integer().notNull().default(0),
  created_at: moment(),
  updated_at: moment(),
})

/** What staff hand to their learners under one code. */
export const courses = pgTable('courses', {
  code: text().primaryKey(),
  name: text().notNull(),
  sites: text().array().notNull(),
  created_at: moment(),
  updated_at: moment(),
})

/** How far learners are, of those who wish it kept here. */
export const lessonProgress = pgTable(
  'lesson_progress',
  {
    user_id: learner(),
    /** Empty where the lesson is of no listed site. */
    site: text().notNull(),
    lesson_slug: text().notNull(),
    state: text().$type<ProgressState>().notNull(),
    seconds: integer().notNull(),
    updated_at: moment(),
  },
  (table) => [
    primaryKey({ name: 'lesson_progress_pk', columns: [table.user_id, table.site, table.lesson_slug] }),
  ],
)

/** Problems that learners reported, for the staff of a site. */
export const lessonReports = pgTable(
  'lesson_reports',
  {
    report_id: uuid().primaryKey().defaultRandom(),
    user_id: learner(),
    /** Absent where the lesson is of no listed site. */
    site: text(),
    lesson_hash: text().notNull(),
    /** Without query and fragment. */
    url: text().notNull(),
    section: integer(),
    block: integer(),
    kind: text().$type<ReportKind>().notNull(),
    /** Of the page, where the learner chose to send it. */
    text: text(),
    created_at: moment(),
    /** By whom of the staff, and when, it was seen to. */
    resolved_by: text(),
    resolved_at: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('lesson_reports_user_id').on(table.user_id, table.created_at),
    index('lesson_reports_site').on(table.site, table.created_at),
  ],
)

/**
 * Tokens by day: of the whole, of each site, learner and address block. Learners and addresses stand here as hashes
 * whose salt is deleted with their rows after a day (usage_salts), so that no history of anyone comes of it.
 */
export const usage = pgTable(
  'usage',
  {
    day: date().notNull(),
    scope: text().$type<UsageScope>().notNull(),
    subject: text().notNull(),
    /** Of calls that have not ended. */
    reserved_tokens: count(),
    prompt_tokens: count(),
    completion_tokens: count(),
    calls: count(),
    /** In the currency of the settings' prices. */
    cost: numeric({ mode: 'number' }).notNull().default(0),
    /** Sections that were made for a learner, that were being made for another, and that were stored. */
    made: count(),
    shared: count(),
    hits: count(),
    /** Of those made. */
    failed: count(),
  },
  (table) => [primaryKey({ name: 'usage_pk', columns: [table.day, table.scope, table.subject] })],
)

/** What calls that have not ended have reserved: given back when they end, or when they expire with their process. */
export const usageReservations = pgTable(
  'usage_reservations',
  {
    reservation_id: uuid().primaryKey(),
    day: date().notNull(),
    /** The accounts, as of usage: each scope with the subject in its place. */
    scopes: text().array().notNull(),
    subjects: text().array().notNull(),
    tokens: bigint({ mode: 'number' }).notNull(),
    expires_at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('usage_reservations_expires_at').on(table.expires_at)],
)

/** What the day's hashes of learners and addresses are made with, in all processes. */
export const usageSalts = pgTable('usage_salts', {
  day: date().primaryKey(),
  salt: uuid().notNull().defaultRandom(),
})
/** Tokens of course staff, each by the SHA-256 of its secret. */
export const staffTokens = pgTable('staff_tokens', {
  token_id: uuid().primaryKey(),
  name: text().notNull(),
  hash: text().notNull(),
  created_at: moment(),
  expires_at: timestamp({ withTimezone: true }).notNull(),
  /** Exact to an hour. */
  last_used_at: timestamp({ withTimezone: true }),
  revoked_at: timestamp({ withTimezone: true }),
})

/** Every change of the whitelist, with who made it; kept when the site or the token is gone. */
export const siteChanges = pgTable(
  'site_changes',
  {
    change: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    site: text().notNull(),
    changed_at: moment(),
    changed_by: text().notNull(),
    before: jsonb().$type<Site>(),
    after: jsonb().$type<Site>(),
  },
  (table) => [index('site_changes_site').on(table.site, table.change)],
)

/**
 * The first vote against a rewrite, by a learner who asked for another wording. With the second, of another
 * learner, the rewrite is deleted, and this with it. No text.
 */
export const rewriteVotes = pgTable(
  'rewrite_votes',
  {
    section_hash: text().notNull(),
    profile_hash: text().notNull(),
    version_hash: text().notNull(),
    user_id: learner(),
    voted_at: moment(),
  },
  (table) => [
    primaryKey({
      name: 'rewrite_votes_pk',
      columns: [table.section_hash, table.profile_hash, table.version_hash],
    }),
    foreignKey({
      name: 'rewrite_votes_rewrite_fk',
      columns: [table.section_hash, table.profile_hash, table.version_hash],
      foreignColumns: [
        personalizedContentCache.section_hash,
        personalizedContentCache.profile_hash,
        personalizedContentCache.version_hash,
      ],
    }).onDelete('cascade'),
    index('rewrite_votes_user_id').on(table.user_id),
  ],
)

/** On which listed sites a lesson was read, for those who see to a site's rewrites. Readers are counted, not named. */
export const siteLessons = pgTable(
  'site_lessons',
  {
    site_id: text().notNull(),
    lesson_hash: text().notNull(),
    /** As whoever sent its text last called it. */
    lesson_slug: text(),
    title: text(),
    created_at: moment(),
    last_seen_at: moment(),
    /** Learners who have read it, each once unless they cleared their history meanwhile. */
    readers: integer().notNull().default(0),
    /**
     * Of a site that checks its texts: a number of 16 bits for each network that asked for the lesson, up to the three
     * that count. Some 65,000 networks have the same one, so that it tells of none who it was.
     */
    networks: integer().array().notNull().default([]),
  },
  (table) => [
    primaryKey({ name: 'site_lessons_pk', columns: [table.site_id, table.lesson_hash] }),
    index('site_lessons_last_seen_at').on(table.site_id, table.last_seen_at),
  ],
)

/** When a job that one process does for all was last begun. */
export const scheduledJobs = pgTable('scheduled_jobs', {
  name: text().primaryKey(),
  started_at: moment(),
})
