import { sql } from 'drizzle-orm'
import { expect, inject, it, onTestFinished } from 'vitest'
import { PostgresProxy } from '../faults/testing/postgres-proxy.ts'
import { connect } from './database.ts'
import { readDatabaseConfig } from './database-address.ts'
import { databaseCode } from './database-failure.ts'

it('a connection that is half open leaves its place in the pool to a new one', async () => {
  const proxy = await PostgresProxy.open(inject('postgresUrl'))
  onTestFinished(() => proxy.close())
  const config = readDatabaseConfig({ DATABASE_URL: proxy.url })
  if (config === undefined) throw new Error('The proxy has no address.')
  const database = connect(config, { connections: 1, statementMs: 1_000, queryMs: 2_000 })
  onTestFinished(database.close)
  const ask = () =>
    database.read(() => database.orm.execute(sql`select 1 as one`)).then(([row]) => row?.one, databaseCode)
  await expect.poll(ask).toBe(1)
  proxy.swallow()
  expect(await ask()).toBe('QUERY_TIMEOUT')
  proxy.pass()
  await expect.poll(ask).toBe(1)
  expect(proxy.open).toBe(1)
})
