import { execFile, spawn } from 'node:child_process'
import { open, readFile, unlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { programOptions } from './postgres-account.ts'
import type { PostgresCluster } from './postgres-cluster.ts'
import { complaintIn } from './postgres-complaint.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { commandOf, isAlive } from './process-status.ts'

const run = promisify(execFile)
const POLL_MS = 25
const FAST_STOP_MS = 20_000
const IMMEDIATE_STOP_MS = 5_000

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '256MB', // bounds the disk, and the recovery after a kill
  log_checkpoints: 'off',
  // An error's message or statement would bring lessons into the log; the API reports its own.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
}

/** PostgreSQL's first process as its postmaster.pid tells; `status` is starting, ready or stopping. */
export type Postmaster = { pid: number; port: number; status: string }

/** The server that runs on `dataFolder`, whoever started it; undefined where postmaster.pid is missing or stale. */
export async function findPostmaster(dataFolder: string): Promise<Postmaster | undefined> {
  const lines = (await readPidFile(dataFolder)).split('\n')
  const pid = Number(lines[0])
  if (!(await isPostmaster(pid, dataFolder))) return undefined
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() || 'starting' }
}

/**
 * Starts the server of `cluster` on a free port, in a session of its own so that Ctrl-C does not reach it.
 * Resolves when it takes connections, or with what its log says when it ended instead or was not ready in time.
 */
export async function launchPostmaster(
  cluster: PostgresCluster,
  programs: PostgresPrograms,
  settings: Record<string, string>,
  deadline: number,
): Promise<Postmaster | { failed: string }> {
  await removeForeignPidFile(cluster.dataFolder)
  const flags = Object.entries({ ...SETTINGS, ...settings, port: String(await freePort()) })
  await writeFile(cluster.logFile, '', { mode: 0o600 })
  const log = await open(cluster.logFile, 'a')
  const server = spawn(
    programs.postgres,
    ['-D', cluster.dataFolder, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...programOptions(programs.account),
      cwd: cluster.place,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    },
  )
  let ended = ''
  server.once('error', (error) => {
    ended = error.message
  })
  server.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`
  })
  server.unref()
  await log.close()

  while (!ended && Date.now() < deadline) {
    const found = await findPostmaster(cluster.dataFolder)
    if (found && found.pid === server.pid && found.status === 'ready') return found
    await sleep(POLL_MS)
  }
  const complaint = complaintIn(await readFile(cluster.logFile, 'utf8'))
  if (ended) return { failed: complaint || ended }
  if (server.pid) await stopPostmaster(server.pid, cluster.dataFolder, programs)
  return { failed: `it was not ready in time; ${complaint}` }
}

/**
 * Ends the server by a fast shutdown (open transactions are rolled back), after 20 s by an immediate one, and
 * resolves when its process is gone; at once where it has ended already. Throws `stop_failed` where it stays.
 */
export async function stopPostmaster(
  pid: number,
  dataFolder: string,
  programs: PostgresPrograms,
): Promise<void> {
  if (await endsAfter('INT', FAST_STOP_MS, pid, dataFolder, programs)) return
  if (await endsAfter('QUIT', IMMEDIATE_STOP_MS, pid, dataFolder, programs)) return
  throw new EmbeddedPostgresError(
    'stop_failed',
    `PostgreSQL (process ${pid}) does not end: end that process.`,
  )
}

async function endsAfter(
  signal: 'INT' | 'QUIT',
  patienceMs: number,
  pid: number,
  dataFolder: string,
  programs: PostgresPrograms,
): Promise<boolean> {
  if (!(await isPostmaster(pid, dataFolder))) return true
  await sendSignal(signal, pid, programs)
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    if (!(await isPostmaster(pid, dataFolder))) return true
    await sleep(POLL_MS)
  }
  return false
}

async function sendSignal(signal: 'INT' | 'QUIT', pid: number, { pgCtl }: PostgresPrograms): Promise<void> {
  // Windows has no signals: there PostgreSQL takes them through a pipe that pg_ctl knows.
  if (process.platform === 'win32') await run(pgCtl, ['kill', signal, String(pid)])
  else process.kill(pid, `SIG${signal}`)
}

/** Process numbers come round again: only one whose command names this very folder is the server. */
async function isPostmaster(pid: number, dataFolder: string): Promise<boolean> {
  return pid > 0 && (await commandOf(pid)).includes(`-D ${dataFolder} `)
}

/**
 * PostgreSQL takes a postmaster.pid for valid when any process of its account has that number (after a reboot, or a
 * dead one that the container's first process never waited for) and would refuse to start for good.
 */
async function removeForeignPidFile(dataFolder: string): Promise<void> {
  const content = await readPidFile(dataFolder)
  const pid = Number.parseInt(content, 10)
  if (!(pid > 0) || !isAlive(pid) || (await commandOf(pid)).includes('postgres')) return
  if ((await readPidFile(dataFolder)) === content) await unlink(pidFile(dataFolder))
}

async function readPidFile(dataFolder: string): Promise<string> {
  try {
    return await readFile(pidFile(dataFolder), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function pidFile(dataFolder: string): string {
  return join(dataFolder, 'postmaster.pid')
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer().once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    const port = address && typeof address === 'object' ? address.port : 0
    probe.close(() => resolve(port))
  })
  return promise
}
