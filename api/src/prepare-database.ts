import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import type { StartStep } from './start-failure.ts'
import { connect, type Database, ping } from './storage/database.ts'
import { type DatabaseConfig, readDatabaseConfig } from './storage/database-address.ts'
import { isDatabaseUnavailable } from './storage/database-failure.ts'
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

/** Between two looks whether the database answers by now. */
const LOOK_MS = 500

/**
 * The database of the settings, else the embedded one, with its tables up to date; waited for where it does not
 * answer yet. What must be closed is left with `resources`. Throws as the database does.
 */
export async function prepareDatabase(
  settings: Pick<Config, 'database' | 'databaseWaitMs'>,
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
  await untilAnswers(database, settings.databaseWaitMs, (seconds) =>
    begin('database', `Nothing answers at ${hostOf(config)} yet: waiting for it, ${seconds} s at most`),
  )
  begin('migrations', 'Updating the tables')
  await migrateDatabase(config)
  return { database, config, env }
}

/** Whoever starts all of a machine at once starts its database, too; one that went to sleep takes seconds to wake. */
async function untilAnswers(
  database: Database,
  waitMs: number,
  onWait: (seconds: number) => void,
): Promise<void> {
  const end = performance.now() + waitMs
  for (let tries = 1; ; tries++) {
    try {
      return await ping(database)
    } catch (error) {
      if (!isDatabaseUnavailable(error) || performance.now() >= end) throw error
    }
    if (tries === 1) onWait(Math.ceil(waitMs / 1000))
    await delay(LOOK_MS)
  }
}

function hostOf({ address }: DatabaseConfig): string {
  return new URL(address.url).host
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
