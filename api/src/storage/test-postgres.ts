import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { EmbeddedPostgresError } from './embedded-postgres/embedded-postgres-error.ts'
import { isAlive } from './embedded-postgres/process-status.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const PREFIX = 'lectern-test-'

/** Nothing of a test outlives it, so nothing needs to reach the disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Starts an embedded PostgreSQL in a temporary folder; `stop` ends it and removes the folder. */
export async function startTestPostgres(
  settings: Record<string, string> = SETTINGS,
): Promise<{ url: string; stop: () => Promise<void> }> {
  await removeAbandoned()
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  await chmod(folder, 0o711) // as root, the server's account has to pass
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), settings })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await removeFolder(folder)
    },
  }
}

/** A fresh, empty database on the server at `serverUrl`, for one test file. `drop` closes its connections, too. */
export async function createDatabase(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runOn(serverUrl, (sql) => sql`create database ${sql(name)}`)
  const url = new URL(serverUrl)
  url.pathname = name
  return {
    url: url.href,
    drop: () => runOn(serverUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  }
}

/** Ends and removes what test runs that were killed have left. */
async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX))
  const abandoned = names.filter((name) => !isAlive(Number.parseInt(name.slice(PREFIX.length), 10)))
  for (const name of abandoned) await removeAbandonedFolder(join(tmpdir(), name))
}

async function removeAbandonedFolder(folder: string): Promise<void> {
  try {
    await (await startEmbeddedPostgres({ folder: join(folder, 'postgres') })).stop() // adopts what still runs
  } catch (error) {
    if (error instanceof EmbeddedPostgresError && error.code === 'in_use') return // another run removes it
  }
  await removeFolder(folder).catch(() => undefined) // it may be another account's
}

async function removeFolder(folder: string): Promise<void> {
  // Below a folder that is closed to the server's account, `postgres` is a link.
  await rm(await realpath(join(folder, 'postgres')), { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
}

async function runOn(
  serverUrl: string,
  statement: (sql: postgres.Sql) => PromiseLike<unknown>,
): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, fetch_types: false, onnotice: () => undefined })
  try {
    await statement(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
