import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { bodies, callEverything, everyOperation, secrets } from './testing/every-call.ts'
import { startLessonApi } from './testing/lesson-api.ts'
import { makeStaffToken } from './testing/staff-calls.ts'

const { api, close, model } = await startLessonApi()
afterAll(close)
const { token } = await makeStaffToken(api)

/** What of the secrets is in the log. */
function told(): string[] {
  const log = api.log.join('').toLowerCase()
  return [...secrets, token, token.slice(-20)].filter((secret) => log.includes(secret.toLowerCase()))
}

it('knows a body for each call that takes one', async () => {
  const operations = await everyOperation(api.url)
  const taking = operations.filter(({ takesBody }) => takesBody).map(({ operationId }) => operationId)
  expect(Object.keys(bodies).toSorted()).toEqual(taking.toSorted())
  expect(operations.some(({ path }) => path.includes('no-'))).toBe(false)
  expect(operations.length).toBeGreaterThan(35)
})

it('lets nothing of a learner, a lesson, a site or a token into the log, on any route', async () => {
  const statuses = await callEverything(api.url, token)
  expect(statuses.get(200) ?? 0).toBeGreaterThan(20)
  expect(statuses.get(400) ?? 0).toBeGreaterThan(5)
  expect(told()).toEqual([])
  expect(api.log.filter((line) => line.includes('request completed')).length).toBeGreaterThan(50)
})

it('nor when the model or the database fails, whose driver quotes every parameter', async () => {
  model.configure({ faults: [{ kind: 'garbage', times: 100 }] })
  await callEverything(api.url, token)
  const tables = await api.database.orm.execute<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'staff_tokens'`)
  const rename = async (from: string, to: string) => {
    for (const table of tables)
      await api.database.orm.execute(
        sql`alter table ${sql.identifier(table.name + from)} rename to ${sql.identifier(table.name + to)}`,
      )
  }
  await rename('', '_away')
  const statuses = await callEverything(api.url, token)
  await api.history.flush().catch((error: unknown) => api.app.log.warn(error))
  expect(statuses.get(500) ?? 0).toBeGreaterThan(20)
  expect(api.log.filter((line) => line.includes('DrizzleQueryError')).length).toBeGreaterThan(20)
  expect(told()).toEqual([])
  await rename('_away', '')
})
