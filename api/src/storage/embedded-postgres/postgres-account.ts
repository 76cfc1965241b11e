import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { EmbeddedPostgresError, USE_YOUR_OWN } from './embedded-postgres-error.ts'

const run = promisify(execFile)

/** The account that PostgreSQL runs under when this process is root, which PostgreSQL refuses. */
export type PostgresAccount = { name: string; uid: number; gid: number }

const CANDIDATES = ['postgres', 'nobody']

/**
 * The account to switch to, or undefined where this process's own will do (not root, or Windows).
 * An existing `place` keeps its owner: PostgreSQL only starts for the owner of its data.
 */
export async function postgresAccount(place: string): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = (await Promise.all(CANDIDATES.map(accountNamed))).filter(
    (account) => account !== undefined,
  )
  const owner = await stat(place).catch(() => undefined)
  if (owner && owner.uid !== 0) {
    const { uid, gid } = owner
    return accounts.find((account) => account.uid === uid) ?? { name: `number ${uid}`, uid, gid }
  }
  const [account] = accounts
  if (account) return account
  throw new EmbeddedPostgresError(
    'unsupported_platform',
    `PostgreSQL refuses to run as root and there is no account ${CANDIDATES.join(' or ')} to run it under: ` +
      `start Lectern as an ordinary user, or ${USE_YOUR_OWN}.`,
  )
}

async function accountNamed(name: string): Promise<PostgresAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (of) => Number((await run('id', [of, name])).stdout)),
    )
    return uid && gid ? { name, uid, gid } : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether the account can enter the folder, or run the program, at `path`. Asked of the system itself:
 * the mode bits of every folder above count, and access lists too.
 */
export async function isOpenTo(account: PostgresAccount, path: string): Promise<boolean> {
  try {
    await run('sh', ['-c', 'test -x "$0"', path], { ...programOptions(account), cwd: '/' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') return false
    throw error
  }
}

/**
 * How a PostgreSQL program is spawned. It gets no variables of ours: what runs under its account could read them
 * (an API key) in /proc. LC_ALL must be a valid locale, or the server refuses to start on macOS.
 */
export function programOptions(account: PostgresAccount | undefined) {
  const { PATH, SystemRoot, TEMP } = process.env
  return {
    env: { PATH, SystemRoot, TEMP, LC_ALL: 'C' },
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  }
}
