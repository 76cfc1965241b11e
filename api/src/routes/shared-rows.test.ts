import { formatProfile, profileOf } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import {
  events,
  hashOf,
  lessonBlocks,
  preferences,
  startLessonApi,
  stream,
  upload,
} from './testing/lesson-api.ts'

// What is shared, or kept for staff, must not lead back to a learner: neither an id nor where they came from, and of
// their answers only a hash that many have.
const address = '203.0.113.77'
const { api, close, learner, send } = await startLessonApi(
  {},
  {
    trustProxy: ['loopback'],
    budgets: { limits: { learner: 1e9, address: 1e9 }, prices: { prompt: 1, completion: 1 } },
  },
)
afterAll(close)

const profile = formatProfile(profileOf(preferences))
let reader: string
beforeAll(async () => {
  await createSiteStore(api.database).put({
    id: 'book',
    name: 'Book',
    patterns: ['https://book.example/*'],
    policy: 'allow',
    text_check: 'networks',
  })
  reader = await learner()
  const lesson = { ...upload(lessonBlocks()), url: 'https://book.example/1' }
  const call = async (method: string, path: string, body?: object) => {
    const answer = await send(method, path, reader, body, { ...stream, 'x-forwarded-for': address })
    return await events(answer)
  }
  await call('POST', '/api/personalize', lesson)
  await call('POST', '/api/personalize', lesson)
  await call('POST', '/api/personalize', { ...lesson, variant: 1 })
  await call('GET', `/api/rewrites/${hashOf(lesson)}?profile=${profile}&site=book`)
  await call('POST', '/api/personalize', { lesson_slug: 'a', original_content: '# A\n\nA loop is repeated.' })
  await call('POST', '/api/reports', { lesson_hash: hashOf(lesson), url: lesson.url, kind: 'other' })
  await api.history.flush()
  await api.usage.flush()
})

type Table = { name: string; has_learner: boolean }

/** All tables, of the API and of its queue, as the database itself tells. */
async function allTables(): Promise<Table[]> {
  return await api.database.orm.execute<Table>(sql`
    select format('%I.%I', table_schema, table_name) as name, bool_or(column_name = 'user_id') as has_learner
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
    group by 1 order by 1`)
}

/** All rows of a table, as text. */
async function textOf({ name }: Table): Promise<string> {
  const rows = await api.database.orm.execute(sql`select to_jsonb(kept) as row from ${sql.raw(name)} as kept`)
  return JSON.stringify(rows).toLowerCase()
}

it('no table without a learner’s column holds a learner’s id, whole or in part, or an address', async () => {
  const tables = await allTables()
  expect(tables.length).toBeGreaterThan(15)
  const parts = [reader, reader.replaceAll('-', ''), reader.slice(0, 8), reader.slice(-12), address]
  for (const table of tables.filter(({ has_learner }) => !has_learner)) {
    const text = await textOf(table)
    expect(
      parts.filter((part) => text.includes(part)),
      table.name,
    ).toEqual([])
  }
})

it('no table at all holds an address', async () => {
  for (const table of await allTables()) expect(await textOf(table), table.name).not.toContain(address)
})

it('a stored rewrite says of its learner what a hash of closed values says', async () => {
  const cache = { name: 'public.personalized_content_cache', has_learner: false }
  const text = await textOf(cache)
  expect(text.length).toBeGreaterThan(1_000)
  for (const answer of [profile, 'education_level', 'learning_goals', 'user_id', 'session', 'ip_'])
    expect(text).not.toContain(answer)
})
