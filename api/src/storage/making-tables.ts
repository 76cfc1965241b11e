import {
  bigint,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

/** Gives each attempt its number, never one twice: not after a crash, and not after a lease's row is gone. */
export const rewriteAttempts = pgSequence('rewrite_attempts')

const counted = () => bigint({ mode: 'bigint' }).notNull()

/** Who makes a rewrite just now: a row from the first attempt until the rewrite is stored or has failed. */
export const rewriteLeases = pgTable(
  'rewrite_leases',
  {
    section_hash: text().notNull(),
    profile_hash: text().notNull(),
    version_hash: text().notNull(),
    /** Changes with the holder; every write of a holder names it. */
    attempt: counted(),
    /** The first of the attempts whose steps belong together: who takes over goes on where the last one stopped. */
    run: counted(),
    /** How many blocks are asked for. */
    blocks: integer().notNull(),
    lease_until: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'rewrite_leases_pk',
      columns: [table.section_hash, table.profile_hash, table.version_hash],
    }),
    index('rewrite_leases_attempt').on(table.attempt),
  ],
)

/**
 * What has been made of a run so far, for those who follow it in other processes. The migration makes it UNLOGGED,
 * which drizzle cannot say: it is deleted soon after the run has ended, and a crash may empty it.
 */
export const rewriteSteps = pgTable(
  'rewrite_steps',
  {
    run: counted(),
    /** From 1, without gaps. */
    sequence: integer().notNull(),
    step: jsonb().notNull(),
    created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ name: 'rewrite_steps_pk', columns: [table.run, table.sequence] })],
)
