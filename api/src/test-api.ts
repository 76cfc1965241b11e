import type { FastifyInstance } from 'fastify'
import { inject } from 'vitest'
import { type AppDependencies, buildApp } from './app.ts'
import { assemble, type Parts } from './assemble.ts'
import { loggerOptions } from './logging.ts'
import { studyAidEngine } from './model/study-aid-engine.ts'
import { connect, type Database } from './storage/database.ts'
import { readDatabaseConfig } from './storage/database-address.ts'
import { migrateDatabase } from './storage/migrations.ts'
import type { ReadingHistory } from './storage/reading-history.ts'
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

/** `others` stand in for parts of the API; without an engine the study aids answer, and unlisted lessons are allowed. */
export async function startTestApi({
  engine = studyAidEngine,
  allowUnlisted = true,
  ...others
}: Partial<AppDependencies & Pick<Parts, 'engine' | 'allowUnlisted'>> = {}): Promise<TestApi> {
  const { database, close } = await openTestDatabase()
  const log: string[] = []
  const { finish, ...dependencies } = assemble({
    database,
    engine,
    allowUnlisted,
    onFailure: (error, what) => app.log.warn({ err: error }, what),
  })
  const logger = loggerOptions('trace', { write: (line) => void log.push(line) })
  const app = await buildApp({ ...dependencies, logger, ...others })
  const url = await app.listen({ port: 0 })
  const stop = async () => {
    app.server.closeAllConnections()
    await app.close()
    await finish()
    await close()
  }
  return { url, app, database, history: dependencies.history, log, close: stop }
}
