import { readFile, writeFile } from 'node:fs/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'
import { callEverything } from '../routes/testing/every-call.ts'
import { startLessonApi } from '../routes/testing/lesson-api.ts'
import { makeStaffToken } from '../routes/testing/staff-calls.ts'
import { openTestDatabase } from '../test-api.ts'

/** A statement as it was sent, and how many rows each table had after the last one. */
type Release = { statements: { query: string; params: unknown[] }[]; rows: Record<string, number> }

const asked = vi.hoisted(() => [] as { query: string; params: unknown[] }[])

vi.mock('drizzle-orm/postgres-js', async (original) => {
  const module = await original<typeof import('drizzle-orm/postgres-js')>()
  const logger = { logQuery: (query: string, params: unknown[]) => void asked.push({ query, params }) }
  return { ...module, drizzle: (client: postgres.Sql) => module.drizzle(client, { logger }) }
})

const fixture = new URL('./fixtures/last-release.json', import.meta.url)
const release = (JSON.parse(await readFile(fixture, 'utf8').catch(() => 'null')) ?? {}) as Partial<Release>

const { api, close } = await startLessonApi({}, { retention: { rewrites: 1, learners: 1 } })
afterAll(close)

/** All that this version asks the database, over all its calls. */
async function takeTour(): Promise<Release> {
  asked.length = 0
  const { token } = await makeStaffToken(api)
  await callEverything(api.url, token)
  await api.history.flush()
  await api.usage.flush()
  await api.retention.run()
  const statements = asked.map(({ query, params }) => ({ query, params: [...params] }))
  return { statements, rows: await countRows(api.config.address.url) }
}

/** Of the tables that do not depend on the time that was taken. */
async function countRows(url: string): Promise<Record<string, number>> {
  const client = postgres(url, { max: 1 })
  const counted: Record<string, number> = {}
  for (const table of [
    'users',
    'user_preferences',
    'sites',
    'courses',
    'lesson_reports',
    'lessons',
    'site_changes',
  ]) {
    const [row] = await client<{ count: number }[]>`select count(*)::int from ${client(table)}`
    counted[table] = row?.count ?? -1
  }
  await client.end()
  return counted
}

// RECORD_QUERIES=1 writes the fixture anew: once with each release, never with a migration.
it('asks the database over all calls, which is kept with each release', async () => {
  const tour = await takeTour()
  expect(new Set(tour.statements.map(({ query }) => query)).size).toBeGreaterThan(40)
  const all = tour.statements.map(({ query }) => query).join('\n')
  for (const table of [
    'personalized_content_cache',
    'rewrite_leases',
    'usage',
    'user_lessons',
    'scheduled_jobs',
  ])
    expect(all).toContain(table)
  if (process.env.RECORD_QUERIES === '1') await writeFile(fixture, `${JSON.stringify(tour, null, 1)}\n`)
})

it('lets the last release go on with the tables of this one: a deploy runs both at once', async () => {
  const { statements = [], rows = {} } = release
  expect(statements.length).toBeGreaterThan(100)
  const { url, close: drop } = await openTestDatabase()
  onTestFinished(drop)
  const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
  // It changes how the client sends JSON, as in the API.
  drizzle(client)
  const failed: string[] = []
  for (const { query, params } of statements)
    await client.unsafe(query, params as postgres.ParameterOrJSON<never>[]).catch((error: Error) => {
      failed.push(`${error.message}: ${query}`)
    })
  await client.end()
  expect(failed).toEqual([])
  expect(await countRows(url)).toEqual(rows)
})
