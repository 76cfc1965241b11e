import { getTableColumns, getTableName, is, type SQL, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { LearnerRecords } from '../learners/ports.ts'
import type { Database } from './database.ts'
import * as tables from './tables.ts'

/** Every table with a learner's id, which is named so in all of them (a test holds that against the database). */
const learnerTables = Object.values(tables).flatMap((table) =>
  is(table, PgTable) && 'user_id' in getTableColumns(table) ? [table] : [],
)

type Rows = Record<string, Record<string, unknown>[]>

/** All rows of a learner, over all tables that hold their id: a new table takes part by having the column. */
export function createLearnerRecords({ orm, read, write }: Database): LearnerRecords {
  return {
    async list(userId) {
      const [row] = await read(() => orm.execute<{ tables: Rows }>(listStatement(userId)))
      return row?.tables
    },

    async erase(userId) {
      const [row] = await write(() => orm.execute<{ erased: number }>(eraseStatement(userId)))
      return row?.erased ?? 0
    },
  }
}

function listStatement(userId: string): SQL {
  const entries = learnerTables.map((table) => {
    const rows = sql`select jsonb_agg(to_jsonb(kept)) from ${table} as kept where kept.user_id = users.user_id`
    return sql`${getTableName(table)}::text, coalesce((${rows}), '[]')`
  })
  return sql`
    select jsonb_build_object(${sql.join(entries, sql`, `)}) as tables
    from users where user_id = ${userId}::uuid`
}

/** Each table by itself, so that the rows are counted and none depends on how its foreign key is declared. */
function eraseStatement(userId: string): SQL {
  const erased = learnerTables.map((table, i) => ({
    name: sql.identifier(`erased_${i}`),
    rows: sql`delete from ${table} where user_id = ${userId}::uuid returning 1`,
  }))
  return sql`
    with ${sql.join(
      erased.map(({ name, rows }) => sql`${name} as (${rows})`),
      sql`, `,
    )}
    select (${sql.join(
      erased.map(({ name }) => sql`(select count(*) from ${name})`),
      sql` + `,
    )})::int as erased`
}
