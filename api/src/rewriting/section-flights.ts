import { isRewritable } from '@lectern/shared'
import { FairQueue, type Lane, type Place, type QueueLimits } from './fair-queue.ts'
import { Flight } from './flight.ts'
import type { Leases, MadeSection } from './leases.ts'
import {
  type Engine,
  EngineError,
  type Meter,
  type Payer,
  type Prepared,
  type RewriteKey,
  type RewriteStore,
  type RewriteTask,
  type SectionCounter,
} from './ports.ts'
import { rewriteSection, type SectionResult, type SectionStep } from './rewrite-section.ts'
import { SectionMaking } from './section-making.ts'

/** A rewrite in the making, here or in another process: `blocks` is how many of the section's are asked for. */
export type SectionFlight = Flight<SectionStep, MadeSection> & {
  readonly name: string
  readonly blocks: number
  /** Whether it was begun in this process; rejects where that could not be told. */
  readonly led: Promise<boolean>
  /** What it takes to make it, where it was only followed. */
  offer(job: Job): void
}

export type FlightPorts = {
  store: Pick<RewriteStore, 'find'>
  leases: Leases
  engine: Engine
  meter: Meter
  counter: SectionCounter
  /** Calls to the engine at once in this process, and how many may wait. */
  limits: QueueLimits
  /** Told of what a learner is not: a rewrite that could not be stored, an engine that failed. */
  onFailure: (failure: unknown) => void
}

/** Who wants a rewrite made: the lesson's lane, the section's rank in it, and who pays. */
export type Commission = { lane: Lane; rank: number; payer: Payer }

type Job = { task: RewriteTask; commission: Commission; prepared?: Prepared }

/** Longer than the database's answers usually take that are under way when a rewrite is stored. */
const LINGER_MS = 2000

/** The rewrites in the making that this process takes part in: one flight for each key, shared by all its readers. */
export class SectionFlights {
  readonly #ports: FlightPorts
  readonly #queue: FairQueue
  readonly #places = new Map<string, Place>()
  readonly #flights = new Map<string, SectionFlight>()
  /** Those of `#flights` whose rewrite is stored: kept for a moment. */
  readonly #lingering = new Set<SectionFlight>()
  readonly #closing = new AbortController()

  constructor(ports: FlightPorts) {
    this.#ports = ports
    const { overall } = ports.limits
    this.#queue = new FairQueue({
      ...ports.limits,
      overall: Math.min(overall, ports.engine.atOnce ?? overall),
    })
  }

  /** Sections at the model, those that wait for it, and all in flight with those that are followed. */
  get work(): { making: number; waiting: number; flights: number } {
    return { ...this.#queue.work, flights: this.#flights.size - this.#lingering.size }
  }

  /** A lane for the sections of one lesson. */
  lane(): Lane {
    return this.#queue.lane()
  }

  /** The flight of this key, where this process has one. */
  find(key: RewriteKey): SectionFlight | undefined {
    return this.#flights.get(nameOf(key))
  }

  /** The flight of this key, begun if there is none; who joins one pays nothing. */
  join(key: RewriteKey, task: RewriteTask, commission: Commission): SectionFlight {
    const name = nameOf(key)
    const running = this.#flights.get(name)
    if (running === undefined) return this.#begin(key, { task, commission })
    running.offer({ task, commission })
    this.hasten(running, commission)
    return running
  }

  /** The flight of a key that another process makes; its text need not be known here. */
  follow(key: RewriteKey, blocks: number): SectionFlight {
    return this.find(key) ?? this.#launch(key, blocks)
  }

  /** Lets a flight that still waits for its turn go in by another lesson's lane, too. */
  hasten(flight: SectionFlight, { lane, rank }: Pick<Commission, 'lane' | 'rank'>): void {
    const place = this.#places.get(flight.name)
    if (place !== undefined) this.#queue.join(lane, place, rank)
  }

  /** Lets go of finished rewrites of these sections, which were deleted; of all where none are named. */
  forget(sections?: readonly string[]): void {
    for (const flight of [...this.#lingering])
      if (sections?.some((section) => flight.name.startsWith(section)) ?? true) this.#drop(flight)
  }

  /** Ends what is being made, and waits until it has ended. */
  async close(): Promise<void> {
    this.#closing.abort(restarting())
    await Promise.allSettled([...this.#flights.values()].map((flight) => flight.result))
  }

  /** Its tokens are reserved while the lease is asked for, and given back where another process has it. */
  #begin(key: RewriteKey, job: Job): SectionFlight {
    const { engine, meter } = this.#ports
    const { task, commission } = job
    const { lane, rank, payer } = commission
    const blocks = rewritable(task)
    const isMadeAtOnce =
      blocks > 0 && engine.refuses?.(task) === undefined && this.#queue.isFreeFor(lane, rank)
    if (!isMadeAtOnce) return this.#launch(key, blocks, job)
    const prepared = meter.prepare(engine, task, payer)
    const flight = this.#launch(key, blocks, { ...job, prepared })
    flight.led.then((led) => led || prepared.cancel(), prepared.cancel)
    flight.result.then(prepared.cancel, prepared.cancel)
    return flight
  }

  #launch(key: RewriteKey, blocks: number, job?: Job): SectionFlight {
    const name = nameOf(key)
    const { store, leases, engine, onFailure } = this.#ports
    const making = new SectionMaking<Job>(
      {
        store,
        leases,
        engine,
        onFailure,
        closing: this.#closing.signal,
        refuses: ({ task }) => engine.refuses?.(task),
        rewrite: (of, made, begun) => this.#rewrite(of, made, begun),
      },
      key,
      blocks,
      job,
    )
    const flight = Object.assign(new Flight(making.run()), {
      name,
      blocks,
      led: making.led,
      offer: (offered: Job) => making.offer(offered),
    })
    this.#flights.set(name, flight)
    flight.result.then(
      // What was not stored is made again by whoever asks next.
      () => (making.stored ? this.#linger(flight) : this.#drop(flight)),
      () => this.#drop(flight),
    )
    return flight
  }

  /** A reader whose look at the database fell just before the row was written still finds the flight. */
  #linger(flight: SectionFlight): void {
    this.#lingering.add(flight)
    setTimeout(() => this.#drop(flight), LINGER_MS).unref()
  }

  #drop(flight: SectionFlight): void {
    this.#lingering.delete(flight)
    if (this.#flights.get(flight.name) === flight) this.#flights.delete(flight.name)
  }

  async *#rewrite(
    key: RewriteKey,
    { task, commission: { lane, rank, payer }, prepared }: Job,
    begun: readonly SectionStep[],
  ): AsyncGenerator<SectionStep, SectionResult> {
    const { engine, meter, counter } = this.#ports
    if (rewritable(task) === 0) return nothingToRewrite
    const place = this.#queue.enter(lane, rank)
    try {
      if (place === undefined) throw overloaded()
      this.#places.set(nameOf(key), place)
      // For a turn that may be long in coming nothing is kept from others.
      if (place.state === 'waiting') prepared?.cancel()
      await place.granted
      const charged = prepared?.engine ?? meter.charge(engine, payer)
      return yield* rewriteSection(charged, task, this.#closing.signal, begun)
    } catch (error) {
      // Whatever an engine says of a call that is broken off: its readers are told why, and when to come again.
      this.#closing.signal.throwIfAborted()
      if (!this.#closing.signal.aborted) {
        counter.count(payer.site, { failed: 1 })
        if (!isBudget(error)) this.#ports.onFailure(error)
      }
      throw error
    } finally {
      this.#places.delete(nameOf(key))
      place?.leave()
    }
  }
}

/** Who has spent a budget is told so for each section: nothing that a log should repeat. */
function isBudget(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'budget_spent'
}

const nothingToRewrite: SectionResult = {
  blocks: [],
  additions: [],
  prompt_tokens: 0,
  completion_tokens: 0,
  calls: 0,
  storable: true,
}

function nameOf(key: RewriteKey): string {
  return `${key.section} ${key.profile} ${key.version}`
}

function rewritable({ section, language, profile }: RewriteTask): number {
  return section.blocks.filter((block) => isRewritable(block, language, profile.language)).length
}

function overloaded(): EngineError {
  return new EngineError(
    'overloaded',
    'Too many lessons are being rewritten just now. Try again in a minute.',
    {
      retryAfter: 30,
    },
  )
}

function restarting(): EngineError {
  return new EngineError('overloaded', 'The API is being restarted. Try again in a moment.', {
    retryAfter: 5,
  })
}
