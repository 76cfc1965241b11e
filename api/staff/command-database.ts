import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Config, readConfig } from '../src/config.ts'
import { connect, type Database } from '../src/storage/database.ts'
import { readDatabaseConfig } from '../src/storage/database-address.ts'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../src/storage/embedded-postgres.ts'
import { migrateDatabase } from '../src/storage/migrations.ts'

const projectFolder = new URL('../../', import.meta.url)
const envFile = fileURLToPath(new URL('.env', projectFolder))
const embeddedFolder = fileURLToPath(new URL('.lectern/postgres', projectFolder))

/** The API's settings and its database for a command: the running one's where the API runs. Closed with `resources`. */
export async function openCommandDatabase(
  resources: AsyncDisposableStack,
): Promise<{ config: Config; database: Database }> {
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  const config = readConfig(process.env)
  const databaseConfig = config.database ?? (await embedded(resources))
  await migrateDatabase(databaseConfig)
  const database = connect(databaseConfig)
  resources.defer(database.close)
  return { config, database }
}

async function embedded(resources: AsyncDisposableStack) {
  const found = await findEmbeddedPostgres(embeddedFolder)
  if (found !== undefined) return addressed(found)
  const started = await startEmbeddedPostgres({ folder: embeddedFolder })
  resources.defer(started.stop)
  return addressed(started.url)
}

function addressed(url: string) {
  const config = readDatabaseConfig({ DATABASE_URL: url })
  if (config === undefined) throw new Error('The embedded PostgreSQL gave no address.')
  return config
}
