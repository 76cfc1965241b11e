import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { EmbeddedPostgresError, USE_YOUR_OWN } from './embedded-postgres-error.ts'
import { LECTERN } from './postgres-cluster.ts'

/** Any fixed number: the key of the advisory lock that says whose server this is. */
const CLAIM_KEY = 20_261_120
const HANDOVER_MS = 2_000
const POLL_MS = 50

/** What makes a server this process's own. */
export type ServerClaim = { release: () => Promise<void> }

/**
 * Claims a server for this process, so that no second start takes it for left behind and stops it later. The claim
 * is an advisory lock of a connection that stays open: the system closes that even for a killed process.
 * Waits up to 2 s for a process that is just ending. Creates the database `lectern` where it is missing.
 * Throws `in_use` where another process keeps its claim, postgres.js's error where the server cannot be reached.
 */
export async function claimServer(port: number, password: string): Promise<ServerClaim> {
  const sql = postgres({
    host: '127.0.0.1',
    port,
    username: LECTERN,
    password,
    database: 'postgres',
    ssl: false,
    fetch_types: false,
    max: 1,
    max_lifetime: null,
    connect_timeout: 5,
    connection: { application_name: `${LECTERN} ${process.pid}` },
  })
  const release = () => sql.end({ timeout: 0 })
  try {
    await takeLock(sql)
    await createDatabase(sql)
    return { release }
  } catch (error) {
    await release()
    throw error
  }
}

async function takeLock(sql: postgres.Sql): Promise<void> {
  const deadline = Date.now() + HANDOVER_MS
  for (;;) {
    const [lock] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${CLAIM_KEY}) as taken`
    if (lock?.taken) return
    if (Date.now() > deadline) break
    await sleep(POLL_MS)
  }
  throw new EmbeddedPostgresError(
    'in_use',
    `The embedded PostgreSQL is in use by another Lectern (process ${await holderOf(sql)}): ` +
      `stop that one first, or ${USE_YOUR_OWN}.`,
  )
}

async function holderOf(sql: postgres.Sql): Promise<string> {
  const [holder] = await sql<{ name: string }[]>`
    select application_name as name from pg_stat_activity join pg_locks using (pid)
    where locktype = 'advisory' and classid = 0 and objid = ${CLAIM_KEY}`
  return holder?.name.replace(`${LECTERN} `, '') ?? 'unknown'
}

async function createDatabase(sql: postgres.Sql): Promise<void> {
  const [found] = await sql`select 1 from pg_database where datname = ${LECTERN}`
  if (!found) await sql`create database ${sql(LECTERN)}`
}
