import { randomUUID } from 'node:crypto'
import type { LearnerExport } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../test-api.ts'
import { answers, callApi, failed, newLearner, unknownUser } from './testing/learner-calls.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

const hash = 'a'.repeat(64)

/** How a row of each table with a learner's id comes to be. A new table needs its line. */
const rowsOf: Record<string, (learner: string) => Promise<unknown>> = {
  users: async () => undefined,
  user_preferences: (user_id) =>
    callApi(api.url, 'POST', '/api/onboarding', { body: { user_id, ...answers } }),
  // Pending in memory, as after a reading: export and erasure must know of it.
  user_lessons: async (user_id) =>
    api.history.record({ user_id, lesson: hash, lesson_slug: 'a', profiles: [hash], version: hash }),
  lesson_progress: (learner) =>
    callApi(api.url, 'PUT', '/api/progress', {
      learner,
      body: {
        lessons: [{ lesson_slug: 'a', state: 'completed', seconds: 9, updated_at: '2025-11-20T08:30:00Z' }],
      },
    }),
  rewrite_votes: (user_id) =>
    api.database.orm.execute(sql`
      with rewrite as (
        insert into personalized_content_cache (section_hash, profile_hash, version_hash, rewrite, receipt, model,
          prompt_tokens, completion_tokens)
        values (${user_id}, ${hash}, ${hash}, '{}', '{}', 'm', 1, 1) returning *
      )
      insert into rewrite_votes (section_hash, profile_hash, version_hash, user_id)
      select section_hash, profile_hash, version_hash, ${user_id} from rewrite`),
  lesson_reports: (learner) =>
    callApi(api.url, 'POST', '/api/reports', {
      learner,
      body: { lesson_hash: hash, url: 'https://book.example/', kind: 'other' },
    }),
}

/** Tables with a column that may hold a learner's id, as the database itself tells: by name, type or reference. */
async function tablesOfLearners(): Promise<string[]> {
  const rows = await api.database.orm.execute<{ table_name: string }>(sql`
    select distinct table_name from information_schema.columns
    where table_schema = 'public' and (column_name = 'user_id' or column_name ~ '(user|learner|reader|voter)')
      -- How many there are, as of a lesson's readers, says of none who it is.
      and data_type <> 'integer'
    union
    select distinct table_name from information_schema.columns
    where table_schema = 'public' and data_type = 'uuid'
      and column_name not in ('report_id', 'reservation_id', 'rewrite_id', 'salt', 'token_id', 'warmup_id')
    union
    select referencing.table_name
    from information_schema.table_constraints referencing
    join information_schema.constraint_column_usage referenced using (constraint_schema, constraint_name)
    where referencing.constraint_type = 'FOREIGN KEY' and referenced.table_name = 'users'
    order by 1`)
  return rows.map(({ table_name }) => table_name)
}

async function learnerWithRows(): Promise<string> {
  const learner = await newLearner(api.url)
  for (const make of Object.values(rowsOf)) await make(learner)
  return learner
}

async function countRows(table: string, learner: string): Promise<number> {
  const [row] = await api.database.orm.execute<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)} where user_id = ${learner}::uuid`,
  )
  return row?.count ?? 0
}

describe('what is stored of a learner', () => {
  it('stands in the tables that this test knows: give a new one its line above', async () => {
    expect(await tablesOfLearners()).toEqual(Object.keys(rowsOf).toSorted())
  })

  it('is exported, table by table', async () => {
    const learner = await learnerWithRows()
    const [status, body] = await callApi(api.url, 'GET', `/api/user/${learner}/export`, { learner })
    const { user_id, tables } = body as LearnerExport
    expect([status, user_id]).toEqual([200, learner])
    expect(Object.keys(tables).toSorted()).toEqual(await tablesOfLearners())
    for (const [table, rows] of Object.entries(tables)) {
      expect(rows, table).toHaveLength(1)
      expect(rows[0], table).toMatchObject({ user_id: learner })
    }
    expect(tables.user_preferences?.[0]).toMatchObject(answers)
  })

  it('is erased, table by table, and nothing of another learner', async () => {
    const [learner, other] = [await learnerWithRows(), await learnerWithRows()]
    const tables = await tablesOfLearners()
    const erase = () => callApi(api.url, 'DELETE', `/api/user/${learner}`, { learner })
    expect(await erase()).toEqual([200, { deleted_count: tables.length }])
    for (const table of tables) {
      expect(await countRows(table, learner), table).toBe(0)
      expect(await countRows(table, other), table).toBe(1)
    }
    expect(await erase()).toEqual(unknownUser)
    expect(await callApi(api.url, 'GET', `/api/user/${learner}/export`, { learner })).toEqual(unknownUser)
  })

  it('is the learner’s own affair: X-User-ID is the path’s id', async () => {
    const learner = await newLearner(api.url)
    for (const [method, path] of [
      ['GET', `/api/user/${learner}/export`],
      ['DELETE', `/api/user/${learner}`],
    ] as const) {
      expect(await callApi(api.url, method, path)).toEqual(failed(400, 'missing_user', 'X-User-ID'))
      expect(await callApi(api.url, method, path, { learner: randomUUID() })).toEqual(
        failed(400, 'validation_failed', 'user_id'),
      )
    }
    const upper = { learner: learner.toUpperCase() }
    expect(await callApi(api.url, 'DELETE', `/api/user/${learner}`, upper)).toEqual([
      200,
      { deleted_count: 1 },
    ])
  })
})
