import type { Addition, BlockRewrite, Receipt } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Columns parted by U+001F, which JSON as PostgreSQL writes it has only escaped, and rows by U+001E. */
const rowText = sql.raw(
  [
    'section_hash',
    'profile_hash',
    'version_hash',
    'rewrite::text',
    'receipt::text',
    "translate(model, chr(30) || chr(31), '  ')",
    "coalesce(notice, '')",
    "(extract(epoch from created_at at time zone 'UTC') * 1000)::text",
    'prompt_tokens::text',
    'completion_tokens::text',
  ].join(' || chr(31) || '),
)

/** Rewrites, each shared by all learners of its key; no learner is in it. */
export const personalizedContentCache = pgTable(
  'personalized_content_cache',
  {
    section_hash: text().notNull(),
    profile_hash: text().notNull(),
    version_hash: text().notNull(),
    rewrite: jsonb().$type<{ blocks: BlockRewrite[]; additions: Addition[] }>().notNull(),
    receipt: jsonb().$type<Receipt>().notNull(),
    model: text().notNull(),
    notice: text(),
    prompt_tokens: integer().notNull(),
    completion_tokens: integer().notNull(),
    created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Exact to a day: a hit must not cost a write. */
    last_used_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /**
     * All that is read of a row, ready to be read: see rewrite-rows.ts. To write a lesson's JSON out anew with each
     * reading took PostgreSQL 200 µs of 300. It is kept uncompressed where it fits: to unpack it took 60.
     */
    row_text: text().notNull().generatedAlwaysAs(rowText),
  },
  // Keys are named here, since the made-up names are longer than the 63 bytes that PostgreSQL keeps.
  (table) => [
    primaryKey({
      name: 'personalized_content_cache_pk',
      columns: [table.section_hash, table.profile_hash, table.version_hash],
    }),
    index('personalized_content_cache_last_used_at').on(table.last_used_at),
  ],
)
