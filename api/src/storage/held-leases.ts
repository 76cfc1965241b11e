import { setTimeout as delay } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import type { Lease, MadeSection } from '../rewriting/leases.ts'
import type { StoredRewrite } from '../rewriting/ports.ts'
import type { SectionStep } from '../rewriting/rewrite-section.ts'
import type { Broadcast } from './broadcast.ts'
import type { Database } from './database.ts'
import { databaseCode, isDatabaseUnavailable, isLostConnection } from './database-failure.ts'
import {
  endStatement,
  publishStatement,
  releaseStatement,
  renewStatement,
  sweepStatement,
} from './lease-statements.ts'
import type { EndStep, NumberedStep } from './making-steps.ts'

type Ports = {
  database: Database
  broadcast: Broadcast
  /** How long a lease lasts that is not renewed: so long a killed process keeps its keys. */
  leaseMs: number
  onFailure: (error: unknown) => void
}

type Taken = { attempt: string; run: string; begun: readonly SectionStep[] }

/** Three renewals fit in a lease: one that fails, or comes late, loses nothing. */
const RENEWALS = 10 / 3
/**
 * The least time from giving steps to other processes to giving the next ones: a NOTIFY for each would wake all of
 * them for each.
 */
const FLUSH_MS = 20
/** After a failed flush. */
const RETRY_FLUSH_MS = 500
/** Of a lease's end, with pauses that double: a database that restarts is back by then. */
const END_TRIES = 6
const FIRST_PAUSE_MS = 100
/** A payload of NOTIFY has at most 8000 bytes; without a name it means any. */
const MOST_NAMED = 300
/** For those who look once a second. */
const ENDED_RUN_MS = 10_000

/** A lease that was lost: its key was taken by another process while this one did not renew it. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** The leases that this process holds: one statement renews them all, and one gives what all of them have made. */
export class HeldLeases {
  readonly #ports: Ports
  readonly #held = new Map<string, HeldLease>()
  readonly #ended: { run: string; at: number }[] = []
  #flushing: Promise<void> | undefined
  #flushTimer: NodeJS.Timeout | undefined
  #isFlushDue = false
  #nextFlushAt = 0
  #renewTimer: NodeJS.Timeout | undefined

  constructor(ports: Ports) {
    this.#ports = ports
  }

  hold(taken: Taken): Lease {
    const lease = new HeldLease(taken, {
      wake: () => this.#scheduleFlush(),
      end: (ended, end, rewrite) => this.#end(ended, end, rewrite),
      release: (released) => this.#release(released),
      onFailure: this.#ports.onFailure,
    })
    this.#held.set(taken.attempt, lease)
    this.#scheduleRenewal()
    return lease
  }

  /** Stops the timers. What is still held runs out. */
  async close(): Promise<void> {
    clearTimeout(this.#flushTimer)
    clearTimeout(this.#renewTimer)
    this.#held.clear()
    await this.#flushing
  }

  /** What comes after a pause leaves in this turn, and before the readers of this process are written to. */
  #scheduleFlush(): void {
    if (this.#flushing !== undefined || this.#isFlushDue) return
    this.#isFlushDue = true
    const wait = this.#nextFlushAt - performance.now()
    if (wait > 0) this.#flushTimer = setTimeout(() => this.#startFlush(), wait)
    else setImmediate(() => this.#startFlush())
  }

  #startFlush(): void {
    this.#isFlushDue = false
    this.#nextFlushAt = performance.now() + FLUSH_MS
    this.#flushing = this.#flush().then(() => {
      this.#flushing = undefined
      if ([...this.#held.values()].some(({ pending }) => pending.length > 0)) this.#scheduleFlush()
    })
  }

  async #flush(): Promise<void> {
    const leases = [...this.#held.values()].filter(({ pending }) => pending.length > 0)
    try {
      if (leases.length > 0) await this.#publish(leases)
    } catch (error) {
      this.#ports.onFailure(error)
      this.#nextFlushAt = performance.now() + RETRY_FLUSH_MS
      // What the database refuses would be refused again; those who follow get it with the end.
      if (!isDatabaseUnavailable(error)) for (const lease of leases) lease.pending.length = 0
    }
  }

  async #publish(leases: readonly HeldLease[]): Promise<void> {
    const batch = leases.map((lease) => ({ lease, steps: [...lease.pending] }))
    const rows = batch.flatMap(({ lease: { attempt }, steps }) => steps.map((step) => ({ attempt, ...step })))
    const held = await this.#attempts(publishStatement(rows, this.#payload(leases)))
    for (const { lease, steps } of batch) {
      lease.pending.splice(0, steps.length)
      if (!held.has(lease.attempt)) this.#lose(lease)
    }
  }

  #scheduleRenewal(): void {
    this.#renewTimer ??= setTimeout(async () => {
      await this.#renew()
      this.#renewTimer = undefined
      if (this.#held.size > 0 || this.#ended.length > 0) this.#scheduleRenewal()
    }, this.#ports.leaseMs / RENEWALS).unref()
  }

  async #renew(): Promise<void> {
    const leases = [...this.#held.values()]
    try {
      if (leases.length > 0) {
        const attempts = leases.map(({ attempt }) => attempt)
        const held = await this.#attempts(renewStatement(attempts, this.#ports.leaseMs))
        for (const lease of leases) if (!held.has(lease.attempt)) this.#lose(lease)
      }
      await this.#sweep()
    } catch (error) {
      // It may still be held: nobody else can take it either while the database is away.
      this.#ports.onFailure(error)
    }
  }

  async #sweep(): Promise<void> {
    const before = performance.now() - ENDED_RUN_MS
    const over = this.#ended.filter(({ at }) => at < before)
    if (over.length === 0) return
    const { write, orm } = this.#ports.database
    await write(() => orm.execute(sweepStatement(over.map(({ run }) => run))))
    this.#ended.splice(0, over.length)
  }

  /** One that ended meanwhile was not lost. */
  #lose(lease: HeldLease): void {
    if (!this.#held.delete(lease.attempt)) return
    lease.lost = true
    this.#ports.onFailure(
      new LeaseLostError('Another process has taken over a section: it is not stored here.'),
    )
  }

  /** Whether the lease was still held. */
  async #end(lease: HeldLease, end: EndStep, rewrite?: StoredRewrite): Promise<boolean> {
    // Not renewed any more; what is being flushed may be written twice, which changes nothing.
    this.#held.delete(lease.attempt)
    if (lease.lost) return false
    const steps: NumberedStep[] = [...lease.pending, { sequence: lease.last + 1, step: end }]
    const statement = endStatement(lease.attempt, steps, rewrite, this.#payload([lease]))
    const held = (await this.#persist(statement)) > 0
    if (!held)
      this.#ports.onFailure(new LeaseLostError('A section was made elsewhere: it is not stored here.'))
    this.#ended.push({ run: lease.run, at: performance.now() })
    this.#scheduleRenewal()
    return held
  }

  async #release(lease: HeldLease): Promise<void> {
    await this.#flushing
    if (lease.lost || !this.#held.has(lease.attempt)) return
    if (lease.pending.length > 0) await this.#publish([lease])
    this.#held.delete(lease.attempt)
    await this.#persist(releaseStatement([lease.attempt], this.#payload([lease])))
  }

  /** Runs a statement that may be repeated, again where the connection was lost. Gives how many rows it gave. */
  async #persist(statement: SQL): Promise<number> {
    const { write, orm } = this.#ports.database
    for (let tries = 1; ; tries++) {
      try {
        return (await write(() => orm.execute(statement))).length
      } catch (error) {
        const away = isLostConnection(error) || databaseCode(error) === 'ECONNREFUSED'
        if (!away || tries === END_TRIES) throw error
        await delay(FIRST_PAUSE_MS * 2 ** (tries - 1))
      }
    }
  }

  async #attempts(statement: SQL): Promise<Set<string>> {
    const { write, orm } = this.#ports.database
    const rows = await write(() => orm.execute<{ attempt: string }>(statement))
    return new Set(rows.map(({ attempt }) => attempt))
  }

  #payload(leases: readonly HeldLease[]): string {
    const runs = leases.length > MOST_NAMED ? '' : leases.map(({ run }) => run).join(' ')
    return this.#ports.broadcast.payload('making', runs)
  }
}

type Hands = {
  wake(): void
  end(lease: HeldLease, end: EndStep, rewrite?: StoredRewrite): Promise<boolean>
  release(lease: HeldLease): Promise<void>
  onFailure(error: unknown): void
}

class HeldLease implements Lease {
  readonly attempt: string
  readonly run: string
  readonly begun: readonly SectionStep[]
  /** Steps that other processes have not been given yet. */
  readonly pending: NumberedStep[] = []
  /** The number of the last step. */
  last: number
  lost = false
  readonly #hands: Hands

  constructor({ attempt, run, begun }: Taken, hands: Hands) {
    this.attempt = attempt
    this.run = run
    this.begun = begun
    this.last = begun.length
    this.#hands = hands
  }

  publish(step: SectionStep): void {
    if (this.lost) return
    this.last += 1
    this.pending.push({ sequence: this.last, step })
    this.#hands.wake()
  }

  store(rewrite: StoredRewrite): Promise<boolean> {
    return this.#hands.end(this, { type: 'end', made: madeOf(rewrite) }, rewrite)
  }

  async end(end: Parameters<Lease['end']>[0]): Promise<void> {
    const step: EndStep = 'made' in end ? { type: 'end', made: madeOf(end.made) } : { type: 'end', ...end }
    await this.#hands.end(this, step).catch(this.#hands.onFailure)
  }

  async release(): Promise<void> {
    await this.#hands.release(this).catch(this.#hands.onFailure)
  }
}

/** Of a whole rewrite, too, only what its readers are told at the end. */
function madeOf({ receipt, model, notice, generated_at }: MadeSection): MadeSection {
  return { receipt, model, ...(notice && { notice }), generated_at }
}
