import type { Leases, Taken } from '../rewriting/leases.ts'
import type { RewriteKey } from '../rewriting/ports.ts'
import type { Broadcast } from './broadcast.ts'
import type { Database } from './database.ts'
import { FollowedRuns } from './followed-runs.ts'
import { HeldLeases } from './held-leases.ts'
import { makingStatement, takenStatement, takeStatement } from './lease-statements.ts'
import { type NumberedStep, readSteps } from './making-steps.ts'
import { readRows } from './rewrite-rows.ts'

type Wanted = RewriteKey & { blocks: number }

type Waiting = { wanted: Wanted } & Pick<PromiseWithResolvers<Taken>, 'resolve' | 'reject'>

/** What became of a wish to make a section: led here, followed elsewhere, taken over, or found stored. */
export type LeaseOutcome = 'led' | 'followed' | 'taken_over' | 'found'

type Outcome = { became: LeaseOutcome; taken: Taken }

/** Whether there was a holder before is seen by the statement that takes it, as it was before. */
type AttemptRow = { attempt: string; taken_over: boolean }

type TakenRow = {
  section_hash: string
  profile_hash: string
  version_hash: string
  attempt: string
  run: string
  steps: NumberedStep<unknown>[] | null
  /** See rowsText. */
  cached: string | null
}

/** Leases in PostgreSQL, the only coordinator of the processes. Every write is one statement, fenced by its attempt. */
export class RewriteLeases implements Leases {
  readonly #database: Database
  readonly #leaseMs: number
  readonly #held: HeldLeases
  readonly #followed: FollowedRuns
  readonly #onTaken: (became: LeaseOutcome) => void
  #waiting: Waiting[] = []

  constructor(
    database: Database,
    broadcast: Broadcast,
    onFailure: (error: unknown) => void,
    leaseMs: number,
    onTaken: (became: LeaseOutcome) => void = () => undefined,
  ) {
    this.#database = database
    this.#onTaken = onTaken
    this.#leaseMs = leaseMs
    this.#held = new HeldLeases({ database, broadcast, leaseMs, onFailure })
    this.#followed = new FollowedRuns(database, broadcast, onFailure)
  }

  /** What is asked for in one turn is taken by one statement: the sections of a lesson. */
  take(key: RewriteKey, blocks: number): Promise<Taken> {
    const { promise, resolve, reject } = Promise.withResolvers<Taken>()
    this.#waiting.push({ wanted: { ...key, blocks }, resolve, reject })
    if (this.#waiting.length === 1) setImmediate(() => this.#takeWaiting())
    return promise
  }

  async findMaking(
    sections: readonly string[],
    profiles: readonly string[],
    version: string,
  ): Promise<{ key: RewriteKey; blocks: number }[]> {
    const { read, orm } = this.#database
    const rows = await read(() => orm.execute<Wanted>(makingStatement(sections, profiles, version)))
    return rows.map(({ blocks, ...key }) => ({ key, blocks }))
  }

  follow(key: RewriteKey): ReturnType<Leases['follow']> {
    return this.#followed.follow(key)
  }

  /** Ends what runs by itself. The leases should have been given back by then. */
  async close(): Promise<void> {
    this.#followed.close()
    await this.#held.close()
  }

  async #takeWaiting(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    try {
      const taken = await this.#take(waiting.map(({ wanted }) => wanted))
      for (const { wanted, resolve } of waiting) {
        const outcome = taken.get(nameOf(wanted)) ?? { became: 'followed', taken: { state: 'held' } }
        this.#onTaken(outcome.became)
        resolve(outcome.taken)
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  async #take(wanted: readonly Wanted[]): Promise<Map<string, Outcome>> {
    const { read, write, orm } = this.#database
    const attempts = await write(() => orm.execute<AttemptRow>(takeStatement(wanted, this.#leaseMs)))
    if (attempts.length === 0) return new Map()
    // Only now can nobody else store it any more: what was stored since it was looked for is seen here.
    const rows = await read(() =>
      orm.execute<TakenRow>(takenStatement(attempts.map(({ attempt }) => attempt))),
    )
    const before = new Set(attempts.flatMap(({ attempt, taken_over }) => (taken_over ? [attempt] : [])))
    const taken = rows.map(async (row) => {
      const became = before.has(row.attempt) ? 'taken_over' : 'led'
      return [nameOf(keyOf(row)), await this.#taken(row, became)] as const
    })
    return new Map(await Promise.all(taken))
  }

  async #taken(row: TakenRow, became: LeaseOutcome): Promise<Outcome> {
    const { steps: begun } = readSteps(row.steps ?? [], 0)
    const lease = this.#held.hold({ attempt: row.attempt, run: row.run, begun })
    const rewrite = readRows(row.cached)[0]
    if (rewrite === undefined) return { became, taken: { state: 'leased', lease } }
    await lease.end({ made: rewrite })
    return { became: 'found', taken: { state: 'stored', rewrite } }
  }
}

function keyOf({ section_hash, profile_hash, version_hash }: TakenRow): RewriteKey {
  return { section: section_hash, profile: profile_hash, version: version_hash }
}

function nameOf({ section, profile, version }: RewriteKey): string {
  return `${section} ${profile} ${version}`
}
