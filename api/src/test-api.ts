import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { inject } from 'vitest'
import { type AppDependencies, buildApp } from './app.ts'
import { loggerOptions } from './logging.ts'
import { createSiteDirectory } from './sites/site-directory.ts'
import { connect, type Database } from './storage/database.ts'
import { readDatabaseConfig } from './storage/database-address.ts'
import { createLearnerStore } from './storage/learner-store.ts'
import { migrateDatabase } from './storage/migrations.ts'
import { ReadingHistory } from './storage/reading-history.ts'
import { createSiteStore } from './storage/site-store.ts'
import { createDatabase } from './storage/test-postgres.ts'

/** A database of its own with all tables; `close` drops it. */
export async function openTestDatabase(): Promise<{
  database: Database
  url: string
  close(): Promise<void>
}> {
  const { url, drop } = await createDatabase(inject('postgresUrl'))
  const config = readDatabaseConfig({ DATABASE_URL: url })
  if (!config) throw new Error('The test database has no address.')
  await migrateDatabase(config)
  const database = connect(config)
  const close = async () => {
    await database.close()
    await drop()
  }
  return { database, url, close }
}

/** The real API over real PostgreSQL on a free port, with what it has logged. */
export type TestApi = {
  url: string
  app: FastifyInstance
  database: Database
  history: ReadingHistory
  log: string[]
  close(): Promise<void>
}

export async function startTestApi(others: Partial<AppDependencies> = {}): Promise<TestApi> {
  const { database, close } = await openTestDatabase()
  const log: string[] = []
  const history = new ReadingHistory(database)
  const app = await buildApp({
    learners: createLearnerStore(database),
    history,
    sites: createSiteDirectory(createSiteStore(database)),
    ready: () => database.read(() => database.orm.execute(sql`select 1`)),
    logger: loggerOptions('trace', { write: (line) => void log.push(line) }),
    ...others,
  })
  const url = await app.listen({ port: 0 })
  const stop = async () => {
    app.server.closeAllConnections()
    await app.close()
    await close()
  }
  return { url, app, database, history, log, close: stop }
}
