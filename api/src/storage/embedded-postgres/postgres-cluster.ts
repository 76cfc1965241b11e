import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { access, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError, USE_YOUR_OWN } from './embedded-postgres-error.ts'
import { type PostgresAccount, programOptions } from './postgres-account.ts'
import { complaintIn, remedyFor } from './postgres-complaint.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { isAlive } from './process-status.ts'

const run = promisify(execFile)
const INITDB_TIMEOUT_MS = 60_000

/** The superuser of an embedded cluster, and the name of its database. */
export const LECTERN = 'lectern'

/** A cluster on disk: PostgreSQL's data, the superuser's password and the server's log side by side in `place`. */
export type PostgresCluster = { place: string; dataFolder: string; password: string; logFile: string }

/** Reads the cluster of `place`; undefined where none has been made yet. */
export async function readCluster(place: string): Promise<PostgresCluster | undefined> {
  const dataFolder = join(place, 'data')
  try {
    await access(join(dataFolder, 'PG_VERSION'))
    const password = (await readFile(join(place, 'password'), 'utf8')).trim()
    return { place, dataFolder, password, logFile: join(place, 'server.log') }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/**
 * Makes a cluster in `place`, whole or not at all: it is made beside it and renamed. Of two that try at once one
 * wins, and the other's work is thrown away.
 */
export async function createCluster(place: string, programs: PostgresPrograms): Promise<PostgresCluster> {
  await removeHalfMade(place)
  const fresh = `${place}.new-${process.pid}-${randomUUID()}`
  try {
    await initialize(fresh, programs)
    await rename(fresh, place)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (!isTaken(error)) throw error
  }
  const cluster = await readCluster(place)
  if (cluster) return cluster
  throw new EmbeddedPostgresError(
    'folder_unusable',
    `The folder ${place} holds something other than a whole database of Lectern: delete or move it, or ${USE_YOUR_OWN}.`,
  )
}

/** Gives `place` to the account where root has taken it (`chown -R root` over a whole project). */
export async function giveToAccount(place: string, account: PostgresAccount): Promise<void> {
  const { uid } = await stat(place)
  if (uid !== account.uid) await run('chown', ['-R', `${account.uid}:${account.gid}`, place])
}

async function initialize(fresh: string, { initdb, account }: PostgresPrograms): Promise<void> {
  const passwordFile = join(fresh, 'password')
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (account) await Promise.all([fresh, passwordFile].map((path) => chown(path, account.uid, account.gid)))
  // The builtin locale orders by code point and knows Unicode's letters, alike on every platform; the C library's
  // C.UTF-8 is missing on older systems.
  const options = {
    pgdata: join(fresh, 'data'),
    username: LECTERN,
    pwfile: passwordFile,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  }
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
  try {
    await run(initdb, flags, { ...programOptions(account), cwd: fresh, timeout: INITDB_TIMEOUT_MS })
  } catch (cause) {
    const complaint = complaintOf(cause)
    throw new EmbeddedPostgresError(
      'start_failed',
      `The database could not be made in ${dirname(fresh)}: ${complaint}. ${remedyFor(complaint)}`,
      { cause },
    )
  }
}

function complaintOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('killed' in error && error.killed) return `initdb was not done after ${INITDB_TIMEOUT_MS / 1000} s`
  const said = 'stderr' in error && typeof error.stderr === 'string' ? complaintIn(error.stderr) : ''
  return said || error.message
}

/** Removes what a killed first start has left; a start that is still at work keeps its folder. */
async function removeHalfMade(place: string): Promise<void> {
  const prefix = `${basename(place)}.new-`
  const names = await readdir(dirname(place))
  const abandoned = names.filter(
    (name) => name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10)),
  )
  const removals = abandoned.map((name) => rm(join(dirname(place), name), { recursive: true, force: true }))
  await Promise.allSettled(removals) // initdb may outlive the killed start and still write: the next start tries again
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(String(error.code))
  )
}
