import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import type { StartStep } from './start-failure.ts'
import { connect, type Database, ping } from './storage/database.ts'
import { type DatabaseConfig, readDatabaseConfig } from './storage/database-address.ts'
import { startEmbeddedPostgres } from './storage/embedded-postgres.ts'
import { migrateDatabase } from './storage/migrations.ts'

/** Told of each step of a start as it begins, in a sentence. */
export type BeginStep = (step: StartStep, text: string) => void

/** `env` holds what another process needs to use the same database. */
export type PreparedDatabase = {
  database: Database
  config: DatabaseConfig
  env: { DATABASE_URL?: string }
}

const embeddedFolder = fileURLToPath(new URL('../../.lectern/postgres', import.meta.url))

/**
 * The database of the settings, else the embedded one, with its tables up to date. What must be closed is left with
 * `resources`. Throws as the database does.
 */
export async function prepareDatabase(
  settings: Pick<Config, 'database'>,
  resources: AsyncDisposableStack,
  begin: BeginStep,
): Promise<PreparedDatabase> {
  begin(
    'database',
    settings.database ? 'Using the database of DATABASE_URL' : 'Starting the embedded PostgreSQL',
  )
  const { config, env } = settings.database
    ? { config: settings.database, env: {} }
    : await startEmbedded(resources, begin)
  const database = connect(config)
  resources.defer(database.close)
  await ping(database)
  begin('migrations', 'Updating the tables')
  await migrateDatabase(config)
  return { database, config, env }
}

async function startEmbedded(
  resources: AsyncDisposableStack,
  begin: BeginStep,
): Promise<{ config: DatabaseConfig; env: { DATABASE_URL: string } }> {
  const postgres = await startEmbeddedPostgres({
    folder: embeddedFolder,
    onStep: (text) => begin('database', text),
  })
  resources.defer(postgres.stop)
  const env = { DATABASE_URL: postgres.url }
  const config = readDatabaseConfig(env)
  if (!config) throw new Error('The embedded PostgreSQL gave no address.')
  return { config, env }
}
