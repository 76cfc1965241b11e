import { readdirSync } from 'node:fs'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type DatabaseConfig, readDatabaseConfig } from './database-address.ts'
import * as makingTables from './making-tables.ts'
import { migrateDatabase } from './migrations.ts'
import * as rewriteTables from './rewrite-tables.ts'
import * as tables from './tables.ts'
import { createDatabase } from './test-postgres.ts'
import * as warmupTables from './warmup-tables.ts'

const migrations = readdirSync(new URL('../../../drizzle', import.meta.url)).filter((name) =>
  name.endsWith('.sql'),
)

const described = Object.values({ ...tables, ...rewriteTables, ...makingTables, ...warmupTables }).flatMap(
  (table) => (is(table, PgTable) ? [getTableName(table)] : []),
)

let database: Awaited<ReturnType<typeof createDatabase>>
let config: DatabaseConfig

beforeAll(async () => {
  database = await createDatabase(inject('postgresUrl'))
  config = readDatabaseConfig({ DATABASE_URL: database.url }) as DatabaseConfig
})
afterAll(() => database.drop())

it('says what to set where only a pooler leads to tables that are not up to date', async () => {
  const { direct: _, ...pooled } = config
  await expect(migrateDatabase({ ...pooled, pooled: true })).rejects.toThrow(
    /^DATABASE_DIRECT_URL is missing/,
  )
})

it('makes the tables once, however many processes start at once', async () => {
  const applied = await Promise.all([config, config, config].map(migrateDatabase))
  expect(applied.toSorted((a, b) => a - b)).toEqual([0, 0, migrations.length])

  const client = postgres(database.url, { max: 1 })
  const made = await client`select tablename from pg_tables where schemaname = 'public' order by 1`
  await client.end()
  expect(made.map(({ tablename }) => tablename)).toEqual(described.toSorted())
})

it('needs no way past the pooler where the tables are up to date', async () => {
  const { direct: _, ...pooled } = config
  expect(await migrateDatabase({ ...pooled, pooled: true })).toBe(0)
})
