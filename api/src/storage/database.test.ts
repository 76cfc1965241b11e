import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../test-api.ts'
import { connect, type Database } from './database.ts'
import { type DatabaseConfig, readDatabaseConfig } from './database-address.ts'
import { databaseCode, isDatabaseUnavailable } from './database-failure.ts'
import { missingPgbouncer, startTestPgbouncer } from './test-pgbouncer.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

/** Ends all connections of a pool on the server's side, as a restart does. */
async function endConnections(): Promise<void> {
  const admin = postgres(test.url, { max: 1 })
  await admin`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
  await admin.end()
}

describe('connect', () => {
  it('reads on after the server has ended its connections', async () => {
    const { database } = test
    const readOne = () => database.read(() => database.orm.execute(sql`select 1 as one`))
    expect(await readOne()).toEqual([{ one: 1 }])
    await endConnections()
    expect(await readOne()).toEqual([{ one: 1 }])
  })

  it('asks again when connections are lost under a reading, and never under a writing', async () => {
    const { database } = test
    let asked = 0
    const suicide = () => {
      asked++
      return database.orm.execute(
        asked < 3 ? sql`select pg_terminate_backend(pg_backend_pid())` : sql`select ${asked}::int as asked`,
      )
    }
    expect(await database.read(suicide)).toEqual([{ asked: 3 }])
    asked = 0
    expect(await codeOf(database.write(suicide))).toMatch(/^(57P01|CONNECTION_CLOSED)$/)
    expect(asked).toBe(1)
  })

  it('bounds a statement on the server, and a query with its wait for a connection', async () => {
    const config = configOf(test.url)
    const sleep = async (database: Database) =>
      codeOf(database.read(() => database.orm.execute(sql`select pg_sleep(3)`)))

    const strict = connect(config, { connections: 1, statementMs: 100, queryMs: 5_000 })
    expect(await sleep(strict)).toBe('57014')
    await strict.close()

    const impatient = connect(config, { connections: 1, statementMs: 1_000, queryMs: 100 })
    expect(await Promise.all([sleep(impatient), sleep(impatient)])).toEqual([
      'QUERY_TIMEOUT',
      'QUERY_TIMEOUT',
    ])
    await impatient.close()
  })

  it.skipIf(missingPgbouncer() !== undefined)(
    'has an answer to every statement behind a busy pooler',
    async () => {
      const pooler = await startTestPgbouncer(test.url)
      const config = configOf(pooler.url, { DATABASE_POOLER: 'transaction', DATABASE_DIRECT_URL: test.url })
      const database = connect(config)
      // One without parameters takes one answer of the server, one with them two: what waits behind it came too early.
      const ask = async (i: number) => {
        const one = i % 3 === 0 ? sql`select 1 as one` : sql`select ${1}::int as one`
        return (await database.write(() => database.orm.execute<{ one: number }>(one)))[0]?.one
      }
      for (let round = 0; round < 40; round++)
        expect(await Promise.all(Array.from({ length: 30 }, (_, i) => ask(i)))).toEqual(Array(30).fill(1))
      await database.close()
      await pooler.stop()
    },
  )

  it('says that the database is away where nothing listens', async () => {
    const database = connect(configOf('postgres://u:p@127.0.0.1:1/db'))
    expect(await codeOf(database.read(() => database.orm.execute(sql`select 1`)))).toBe('ECONNREFUSED')
    await database.close()
  })
})

function configOf(url: string, settings: Parameters<typeof readDatabaseConfig>[0] = {}): DatabaseConfig {
  const config = readDatabaseConfig({ DATABASE_URL: url, ...settings })
  if (!config) throw new Error('There is no database in this URL.')
  return config
}

/** How a query failed, having made sure that it counts as the database being away. */
async function codeOf(query: Promise<unknown>): Promise<string | undefined> {
  const failure: unknown = await query.catch((error: unknown) => error)
  expect(isDatabaseUnavailable(failure)).toBe(true)
  return databaseCode(failure)
}
