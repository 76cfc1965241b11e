import type { Following, MakingNews } from '../rewriting/leases.ts'
import type { BroadcastSubscriber, RewriteKey } from '../rewriting/ports.ts'
import type { SectionStep } from '../rewriting/rewrite-section.ts'
import type { Broadcast } from './broadcast.ts'
import type { Database } from './database.ts'
import { followStatement } from './lease-statements.ts'
import { type EndStep, type NumberedStep, readSteps } from './making-steps.ts'

/** How often is looked without being told to: all there is without a direct connection. */
const WATCH_MS = 1_000
/** A database that does not answer for so long ends the waiting. */
const AWAY_MS = 30_000

type Row = {
  id: number
  run: string | null
  lease_run: string | null
  held: boolean | null
  left_ms: number | null
  steps: NumberedStep<unknown>[] | null
}

/** What other processes make and readers of this one wait for: read for all of them in one query. */
export class FollowedRuns {
  readonly #database: Database
  readonly #onFailure: (error: unknown) => void
  readonly #followed = new Map<number, FollowedRun>()
  readonly #due = new Set<FollowedRun>()
  readonly #unsubscribe: () => void
  #count = 0
  #reading = false
  #watch: NodeJS.Timeout | undefined
  #expiry: NodeJS.Timeout | undefined
  #awaySince: number | undefined

  constructor(database: Database, broadcast: Broadcast, onFailure: (error: unknown) => void) {
    this.#database = database
    this.#onFailure = onFailure
    const subscriber: BroadcastSubscriber = {
      onHint: (runs) => this.#refresh(runs === '' ? this.#followed.values() : this.#ofRuns(runs)),
      onGap: () => this.#refresh(this.#followed.values()),
    }
    this.#unsubscribe = broadcast.subscribe('making', subscriber)
  }

  follow(key: RewriteKey): Following {
    const id = ++this.#count
    const run = new FollowedRun(id, key, () => {
      this.#followed.delete(id)
      this.#due.delete(run)
      if (this.#followed.size === 0) this.#stopWatching()
    })
    this.#followed.set(id, run)
    this.#watch ??= setInterval(() => this.#refresh(this.#followed.values()), WATCH_MS).unref()
    this.#refresh([run])
    return run
  }

  close(): void {
    this.#unsubscribe()
    this.#stopWatching()
  }

  #stopWatching(): void {
    clearInterval(this.#watch)
    clearTimeout(this.#expiry)
    this.#watch = undefined
    this.#expiry = undefined
  }

  *#ofRuns(names: string): Generator<FollowedRun> {
    const runs = new Set(names.split(' '))
    for (const followed of this.#followed.values())
      if (followed.run === undefined || followed.hasExpired || runs.has(followed.run)) yield followed
  }

  #refresh(followed: Iterable<FollowedRun>): void {
    for (const one of followed) this.#due.add(one)
    if (this.#reading || this.#due.size === 0) return
    this.#reading = true
    // The sections of a lesson are followed in one turn, and read together.
    setImmediate(() => this.#readDue())
  }

  async #readDue(): Promise<void> {
    while (this.#due.size > 0) {
      const batch = [...this.#due]
      this.#due.clear()
      try {
        await this.#read(batch)
        this.#awaySince = undefined
      } catch (error) {
        this.#fail(batch, error)
      }
    }
    this.#reading = false
  }

  async #read(batch: readonly FollowedRun[]): Promise<void> {
    const asked = batch.map(({ id, key, run = null, last }) => ({ id, ...key, run, last }))
    const { read, orm } = this.#database
    const rows = await read(() => orm.execute<Row>(followStatement(asked)))
    for (const row of rows) {
      const followed = this.#followed.get(row.id)
      if (followed?.take(row) === 'replaced') this.#due.add(followed)
    }
    const left = rows.flatMap(({ left_ms }) => (left_ms !== null && left_ms > 0 ? [left_ms] : []))
    this.#lookAtExpiry(Math.min(...left))
  }

  /** A lease that is not renewed is seen to run out when it does, not up to a second later. */
  #lookAtExpiry(ms: number): void {
    if (ms > WATCH_MS || this.#followed.size === 0) return
    this.#expiry ??= setTimeout(() => {
      this.#expiry = undefined
      this.#refresh(this.#followed.values())
    }, ms).unref()
  }

  /** The next look may succeed, a second later. */
  #fail(batch: readonly FollowedRun[], error: unknown): void {
    const now = performance.now()
    if (this.#awaySince === undefined) this.#onFailure(error)
    this.#awaySince ??= now
    if (now - this.#awaySince > AWAY_MS) for (const followed of batch) followed.giveUp()
  }
}

class FollowedRun implements Following {
  readonly id: number
  readonly key: RewriteKey
  readonly stop: () => void
  run: string | undefined
  /** The number of the last step that was read. */
  last = 0
  /** Whoever takes the lease may begin another run. */
  hasExpired = false
  #steps: SectionStep[] = []
  #news: Standing | undefined
  #wake: PromiseWithResolvers<void> = Promise.withResolvers()

  constructor(id: number, key: RewriteKey, stop: () => void) {
    this.id = id
    this.key = key
    this.stop = stop
  }

  async next(signal: AbortSignal): Promise<MakingNews> {
    const abort = () => this.#wake.reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    try {
      signal.throwIfAborted()
      while (this.#news === undefined) await this.#wake.promise
    } finally {
      signal.removeEventListener('abort', abort)
    }
    const news = { steps: this.#steps, ...this.#news }
    this.#steps = []
    this.#news = undefined
    return news
  }

  /** `replaced`: there is another run to be read, from its first step. */
  take({ run, lease_run, held, steps: rows }: Row): 'replaced' | undefined {
    // How a run ended stands until it is heard: behind it nothing is there any more.
    if (this.#news?.state === 'made' || this.#news?.state === 'failed') return undefined
    const { steps, end, isWhole = false } = readSteps(rows ?? [], this.last)
    this.run = run ?? undefined
    this.last += steps.length
    this.#steps.push(...steps)
    const isReplaced = end === undefined && lease_run !== null && lease_run !== run
    const standing = end === undefined ? standingOf(lease_run, held) : standingAtEnd(end, isWhole)
    this.hasExpired = standing.state === 'expired'
    if (standing.state === 'gone' || end !== undefined || isReplaced) {
      // Another run may follow, from its first step.
      this.run = undefined
      this.last = 0
    }
    if (steps.length > 0 || standing.state !== 'making') this.#tell(standing)
    return isReplaced ? 'replaced' : undefined
  }

  giveUp(): void {
    const failure = {
      error: 'database_unavailable' as const,
      message: 'The database did not answer in time. Try again in a minute.',
      retry_after: 30,
    }
    this.#tell({ state: 'failed', failure })
  }

  #tell(standing: Standing): void {
    this.#news = standing
    const woken = this.#wake
    this.#wake = Promise.withResolvers()
    woken.resolve()
  }
}

type Standing = MakingNews extends infer News ? (News extends unknown ? Omit<News, 'steps'> : never) : never

function standingAtEnd(end: EndStep, isWhole: boolean): Standing {
  return 'made' in end
    ? { state: 'made', made: end.made, isWhole }
    : { state: 'failed', failure: end.failure }
}

function standingOf(leaseRun: string | null, held: boolean | null): Standing {
  if (leaseRun === null) return { state: 'gone' }
  return { state: held ? 'making' : 'expired' }
}
