import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { EmbeddedPostgresError } from './embedded-postgres/embedded-postgres-error.ts'
import { postgresAccount } from './embedded-postgres/postgres-account.ts'
import {
  createCluster,
  giveToAccount,
  LECTERN,
  type PostgresCluster,
  readCluster,
} from './embedded-postgres/postgres-cluster.ts'
import { remedyFor } from './embedded-postgres/postgres-complaint.ts'
import { postgresPlace } from './embedded-postgres/postgres-place.ts'
import {
  type PostgresPrograms,
  postgresPackage,
  postgresPrograms,
} from './embedded-postgres/postgres-programs.ts'
import {
  findPostmaster,
  launchPostmaster,
  type Postmaster,
  stopPostmaster,
} from './embedded-postgres/postmaster.ts'
import { claimServer, type ServerClaim } from './embedded-postgres/server-claim.ts'

const START_TIMEOUT_MS = 30_000
const RETRY_MS = 100

/** For what an account without access to the project needs; only used as root, who can write there. */
const SHARED_FOLDER = '/var/lib/lectern'

/** What another start, a killed server's last processes or a port just taken cause; it passes. */
const PASSING = /lock file "postmaster.pid" already exists|pre-existing shared memory block|could not bind/

/** SQLSTATEs of a server that is ending, or not yet there. */
const SHUT_DOWN = /^57P0/

/** A running server; `adopted` where an earlier process has started it. `stop` may be called again. */
export type EmbeddedPostgres = { url: string; port: number; adopted: boolean; stop: () => Promise<void> }

export type EmbeddedPostgresOptions = {
  /** Where the data is kept between runs. */
  folder: string
  /** PostgreSQL settings beside the usual ones, as in postgresql.conf. */
  settings?: Record<string, string>
  /** Told in a sentence what is being done. */
  onStep?: (text: string) => void
}

/**
 * Starts the PostgreSQL whose data lies in `folder`, made at the first start, or adopts it where it still runs for a
 * process that was killed. `url` is its database `lectern`, with UTF-8 and code point order, on 127.0.0.1 and a port
 * chosen at each start. The server runs on until `stop` (a fast shutdown), even when this process is killed.
 * Throws EmbeddedPostgresError, `in_use` where the process that started the server still lives.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { folder, settings = {}, onStep = () => undefined } = options
  try {
    const programs = await findPrograms(folder, onStep)
    const cluster = await openCluster(resolve(folder), programs, onStep)
    return await runServer({ cluster, programs, settings, onStep })
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new EmbeddedPostgresError(
      'folder_unusable',
      `The database folder ${folder} cannot be used: ${error.message}. ${remedyFor(error.message)}`,
      { cause: error },
    )
  }
}

/**
 * The address of the PostgreSQL of `folder` that runs for another process, such as the API beside a command; nothing
 * where none runs. It stays that process's own.
 */
export async function findEmbeddedPostgres(folder: string): Promise<string | undefined> {
  const account = await postgresAccount(folder)
  const { place } = await postgresPlace(resolve(folder), account, SHARED_FOLDER)
  const cluster = await readCluster(place)
  const postmaster = cluster && (await findPostmaster(cluster.dataFolder))
  return cluster && postmaster?.status === 'ready' ? addressOf(cluster, postmaster.port) : undefined
}

function addressOf({ password }: PostgresCluster, port: number): string {
  return `postgres://${LECTERN}:${password}@127.0.0.1:${port}/${LECTERN}`
}

type Step = (text: string) => void

async function findPrograms(folder: string, onStep: Step): Promise<PostgresPrograms> {
  const packageFolder = postgresPackage()
  const account = await postgresAccount(folder)
  if (account) onStep(`PostgreSQL refuses to run as root: it runs as the account "${account.name}"`)
  return postgresPrograms(packageFolder, account, SHARED_FOLDER)
}

async function openCluster(
  folder: string,
  programs: PostgresPrograms,
  onStep: Step,
): Promise<PostgresCluster> {
  const { account } = programs
  const { place, linked } = await postgresPlace(folder, account, SHARED_FOLDER)
  if (linked)
    onStep(`The database is kept in ${place}, which that account can reach: ${folder} is a link to it`)
  const found = await readCluster(place)
  if (!found) onStep(`Making the database in ${place}`)
  const cluster = found ?? (await createCluster(place, programs))
  if (account) await giveToAccount(place, account)
  return cluster
}

type Server = {
  cluster: PostgresCluster
  programs: PostgresPrograms
  settings: Record<string, string>
  onStep: Step
}

async function runServer(server: Server): Promise<EmbeddedPostgres> {
  const { cluster, programs } = server
  const deadline = Date.now() + START_TIMEOUT_MS
  let launched: Postmaster | undefined
  try {
    while (Date.now() < deadline) {
      const found = await findPostmaster(cluster.dataFolder)
      if (!found) launched = await launch(server, deadline)
      const postmaster = found ?? launched
      const claim = postmaster && (await claimed(postmaster, cluster))
      if (claim) return running(server, postmaster, claim, postmaster.pid !== launched?.pid)
      await sleep(RETRY_MS)
    }
    throw startFailed(cluster, `it does not answer; its log is ${cluster.logFile}`)
  } catch (error) {
    const belongsToAnother = error instanceof EmbeddedPostgresError && error.code === 'in_use'
    if (launched && !belongsToAnother) await stopPostmaster(launched.pid, cluster.dataFolder, programs)
    throw error
  }
}

async function launch(server: Server, deadline: number): Promise<Postmaster | undefined> {
  server.onStep('Starting PostgreSQL')
  const launched = await launchPostmaster(server.cluster, server.programs, server.settings, deadline)
  if (!('failed' in launched)) return launched
  if (PASSING.test(launched.failed)) return undefined
  throw startFailed(server.cluster, launched.failed)
}

/** The claim on a server; undefined where it is still starting or about to end, so that asking again helps. */
async function claimed(postmaster: Postmaster, cluster: PostgresCluster): Promise<ServerClaim | undefined> {
  if (postmaster.status !== 'ready') return undefined
  try {
    const claim = await claimServer(postmaster.port, cluster.password)
    if ((await findPostmaster(cluster.dataFolder))?.status === 'ready') return claim
    await claim.release() // it was ending when it was claimed
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error
    if (error instanceof postgres.PostgresError && !SHUT_DOWN.test(error.code)) throw refused(cluster, error)
  }
  return undefined
}

function running(
  server: Server,
  postmaster: Postmaster,
  claim: ServerClaim,
  adopted: boolean,
): EmbeddedPostgres {
  const { cluster, programs, onStep } = server
  const { pid, port } = postmaster
  if (adopted) onStep(`Adopting the PostgreSQL that an earlier run left (process ${pid})`)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    try {
      await stopPostmaster(pid, cluster.dataFolder, programs)
    } finally {
      await claim.release()
    }
  }
  return {
    url: addressOf(cluster, port),
    port,
    adopted,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

function startFailed({ place }: PostgresCluster, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'start_failed',
    `PostgreSQL could not start in ${place}: ${reason}. ${remedyFor(reason)}`,
  )
}

function refused(cluster: PostgresCluster, { code, message }: postgres.PostgresError): EmbeddedPostgresError {
  return startFailed(cluster, code === '28P01' ? 'its password file does not fit its data' : message)
}
