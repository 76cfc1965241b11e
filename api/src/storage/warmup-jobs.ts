import { setTimeout as delay } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import Type from 'typebox'
import { Value } from 'typebox/value'
import type { Outcome, WarmupQueue } from '../warmups/ports.ts'
import { openClient } from './database.ts'
import type { DatabaseAddress } from './database-address.ts'

/** The tables of pg-boss stand here, beside ours and any other pg-boss of the database. */
export const JOBS_SCHEMA = 'lectern_jobs'
const QUEUE = 'warmup'
/** Lessons that a process makes beforehand at once: the rest of its calls is for learners. */
const WORKERS = 2
const MOST_TRIES = 4
/** How long what is being made may take to stop; it is made again by whoever starts next. */
const STOP_MS = 5_000
/** By itself node-postgres waits for an answer without end, also to one whose other end is gone. */
const QUERY_MS = 30_000

const Job = Type.Object({ rewrite_id: Type.String({ format: 'uuid' }) })

export type WarmupJobsOptions = {
  /** Past any pooler: pg-boss locks by session. Nothing can be queued without. */
  address: DatabaseAddress | undefined
  /** Makes a rewrite, throws once the signal is aborted; `last`: it is not tried again. */
  make(rewriteId: string, last: boolean, signal: AbortSignal): Promise<Outcome>
  /** What waits since before: queued at the start, where it is not yet. */
  waiting(): Promise<readonly string[]>
  onFailure(error: unknown): void
  /** How often is looked for what other processes have queued. */
  pollSeconds?: number
  retrySeconds?: number
}

/** Rewrites that wait to be made, queued by pg-boss; opened by the first that is queued, or by `start`. */
export class WarmupJobs implements WarmupQueue {
  readonly #options: WarmupJobsOptions
  readonly #stopping = new AbortController()
  #boss: Promise<PgBoss> | undefined

  constructor(options: WarmupJobsOptions) {
    this.#options = options
  }

  get unavailable(): string | undefined {
    if (this.#options.address !== undefined) return undefined
    return 'Warm-ups need a way to the database past its pooler: whoever runs the API sets DATABASE_DIRECT_URL.'
  }

  /** Takes part in the work, and queues what waits since before; nothing where no address leads there. */
  async start(): Promise<void> {
    if (this.unavailable === undefined) await this.#open()
  }

  async add(rewriteIds: readonly string[]): Promise<void> {
    const boss = await this.#open()
    if (rewriteIds.length > 0) await boss.insert(QUEUE, rewriteIds.map(jobOf))
  }

  async hasten(rewriteIds: readonly string[]): Promise<void> {
    const boss = await this.#open()
    for (const rewriteId of rewriteIds) {
      const { data, singletonKey } = jobOf(rewriteId)
      await boss.upsert(QUEUE, data, { singletonKey, startAfter: 0 })
    }
  }

  /** Lets go of what is being made; it waits on. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The API is being stopped.'))
    const boss = await this.#boss?.catch(() => undefined)
    // Of a database that is silent nothing is waited for.
    const late = new AbortController()
    await Promise.race([
      boss?.stop({ graceful: true, timeout: STOP_MS }),
      delay(2 * STOP_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
    ])
    late.abort()
  }

  #open(): Promise<PgBoss> {
    const { address } = this.#options
    if (address === undefined || this.#stopping.signal.aborted) throw new Error('There is no queue.')
    if (this.#boss === undefined) {
      const boss = this.#begin(address)
      // A database that is away for a moment must not end warm-ups for good.
      boss.catch(() => {
        this.#boss = undefined
      })
      this.#boss = boss
    }
    return this.#boss
  }

  async #begin(address: DatabaseAddress): Promise<PgBoss> {
    const { onFailure, waiting, pollSeconds = 5, retrySeconds = 30 } = this.#options
    // Handed to node-postgres as it is.
    const patience = { query_timeout: QUERY_MS }
    const boss = new PgBoss({
      ...patience,
      connectionString: address.url,
      ssl: await sslOf(address),
      schema: JOBS_SCHEMA,
      max: WORKERS + 1,
      connectionTimeoutMillis: 5_000,
      schedule: false,
      monitorVacuum: false,
    })
    boss.on('error', onFailure)
    await boss.start()
    try {
      // One job of a rewrite waits at most, beside one that is under way.
      const retries = { retryLimit: MOST_TRIES - 1, retryDelay: retrySeconds, retryBackoff: true }
      const ends = { expireInSeconds: 3600, heartbeatSeconds: 30, deleteAfterSeconds: 3600 }
      await boss.createQueue(QUEUE, { policy: 'stately', ...retries, ...ends })
      await boss.insert(QUEUE, (await waiting()).map(jobOf))
      for (let i = 0; i < WORKERS; i++) await this.#work(boss, pollSeconds)
      return boss
    } catch (error) {
      await boss.stop({ graceful: false })
      throw error
    }
  }

  async #work(boss: PgBoss, pollingIntervalSeconds: number): Promise<void> {
    const worker = await boss.work(
      QUEUE,
      { includeMetadata: true, pollingIntervalSeconds },
      async ([job]): Promise<void> => {
        if (job === undefined || !Value.Check(Job, job.data)) return
        const { rewrite_id } = job.data
        const last = job.retryCount >= job.retryLimit
        const outcome = await this.#options.make(rewrite_id, last, this.#stopping.signal)
        // There may be more of them: no need to wait for the next look.
        boss.notifyWorker(worker)
        if (outcome.state === 'again') throw new Error('The rewrite could not be made just now.')
        if (outcome.state === 'later')
          await boss.insert(QUEUE, [{ ...jobOf(rewrite_id), startAfter: Math.ceil(outcome.seconds) }])
      },
    )
  }
}

function jobOf(rewrite_id: string) {
  return { data: { rewrite_id }, singletonKey: rewrite_id }
}

/** The terms of node-postgres, which has no "TLS where the server has it": the server is asked for that. */
async function sslOf(address: DatabaseAddress): Promise<boolean | object> {
  const { ssl } = address
  if (ssl === 'require') return { rejectUnauthorized: false }
  if (ssl === 'verify-full') return true
  if (ssl !== 'prefer') return ssl
  const client = openClient(address, { max: 1 })
  try {
    const [row] = await client<{ ssl: boolean }[]>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`
    return row?.ssl ? { rejectUnauthorized: false } : false
  } finally {
    await client.end({ timeout: 1 })
  }
}
