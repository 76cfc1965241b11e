import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import { ConfigError } from '../config-error.ts'
import { type Database, openClient } from './database.ts'
import type { DatabaseConfig } from './database-address.ts'

const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url))

/** Any fixed number: the key of the lock under which one process at a time migrates. */
const MIGRATION_LOCK = 20_261_121

/**
 * Brings the tables up to date and says how many migrations that took. Of several processes that start at once,
 * one migrates and the others wait. Throws ConfigError where migrations are due and only a pooler leads there.
 */
export async function migrateDatabase({ address, direct, pooled }: DatabaseConfig): Promise<number> {
  // The lock belongs to a session: one connection, never replaced. `prepare` as for the pool, see there.
  const client = openClient(direct ?? address, {
    max: 1,
    max_lifetime: null,
    prepare: !pooled || direct !== undefined,
  })
  try {
    if ((await countDue(client)) === 0) return 0
    if (!direct)
      throw new ConfigError(
        'DATABASE_DIRECT_URL',
        'is missing: the tables have to be updated, which a pooler in transaction mode does not allow. ' +
          'Set it to the address of the same database past the pooler.',
      )
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`
    const due = await countDue(client)
    await migrate(drizzle(client), { migrationsFolder })
    return due
  } finally {
    await client.end({ timeout: 1 })
  }
}

/** What can be said of a database that answers. */
export type TablesFound = { database: 'ok'; migrations: 'ok' | 'due' }

/** The tables as they are found; rejects as a database does where it does not answer. */
export async function readReadiness({ read, orm }: Database): Promise<TablesFound> {
  const [newest] = await read(() =>
    orm.execute<{ at: string | null }>(
      sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
    ),
  )
  return { database: 'ok', migrations: Number(newest?.at ?? 0) >= newestMigration() ? 'ok' : 'due' }
}

let newestKnown: number | undefined

/** The files of a running process do not change. */
function newestMigration(): number {
  newestKnown ??= Math.max(
    ...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis),
  )
  return newestKnown
}

/** As drizzle decides it: what is newer than the newest that was applied. */
async function countDue(client: postgres.Sql): Promise<number> {
  const [found] = await client<{ applied: string | null }[]>`
    select to_regclass('drizzle.__drizzle_migrations')::text as applied`
  const [newest] = found?.applied
    ? await client<
        { at: string | null }[]
      >`select max(created_at)::text as at from drizzle.__drizzle_migrations`
    : []
  const files = readMigrationFiles({ migrationsFolder })
  return files.filter(({ folderMillis }) => folderMillis > Number(newest?.at ?? 0)).length
}
