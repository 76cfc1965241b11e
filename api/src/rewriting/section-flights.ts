import { isRewritable } from '@lectern/shared'
import { FairQueue, type Lane, type Place, type QueueLimits } from './fair-queue.ts'
import { Flight } from './flight.ts'
import {
  type Engine,
  EngineError,
  type Meter,
  type Payer,
  type RewriteKey,
  type RewriteStore,
  type RewriteTask,
  type StoredRewrite,
} from './ports.ts'
import { receiptOf } from './receipt.ts'
import { rewriteSection, type SectionResult, type SectionStep } from './rewrite-section.ts'

/** A rewrite in the making: `blocks` is how many of the section's blocks are asked for. */
export type SectionFlight = Flight<SectionStep, StoredRewrite> & {
  readonly name: string
  readonly blocks: number
}

export type FlightPorts = {
  store: Pick<RewriteStore, 'save'>
  engine: Engine
  meter: Meter
  /** Calls to the engine at once in this process, and how many may wait. */
  limits: QueueLimits
  /** Told of what a learner is not: a rewrite that could not be stored, an engine that failed. */
  onFailure: (failure: unknown) => void
}

/** Who wants a rewrite made: the lesson's lane, the section's rank in it, and who pays. */
export type Commission = { lane: Lane; rank: number; payer: Payer }

/** Longer than the database's answers usually take that are under way when a rewrite is stored. */
const LINGER_MS = 2000

/** The rewrites that this process is making: one flight for each key, shared by all who want it. */
export class SectionFlights {
  readonly #ports: FlightPorts
  readonly #queue: FairQueue
  readonly #places = new Map<string, Place>()
  readonly #flights = new Map<string, SectionFlight>()
  readonly #unstored = new Set<string>()
  readonly #closing = new AbortController()

  constructor(ports: FlightPorts) {
    this.#ports = ports
    const { overall } = ports.limits
    this.#queue = new FairQueue({
      ...ports.limits,
      overall: Math.min(overall, ports.engine.atOnce ?? overall),
    })
  }

  /** A lane for the sections of one lesson. */
  lane(): Lane {
    return this.#queue.lane()
  }

  /** The flight that already makes this key. */
  find(key: RewriteKey): SectionFlight | undefined {
    return this.#flights.get(nameOf(key))
  }

  /** The flight of this key, begun if there is none; who joins one pays nothing. */
  join(key: RewriteKey, task: RewriteTask, commission: Commission): SectionFlight {
    const name = nameOf(key)
    const running = this.#flights.get(name)
    if (running !== undefined) {
      this.hasten(running, commission)
      return running
    }
    const made = this.#make(key, task, commission)
    const flight = Object.assign(new Flight(made), { name, blocks: rewritable(task) })
    this.#flights.set(name, flight)
    flight.result.then(
      () => setTimeout(() => this.#flights.delete(name), this.#linger(name)).unref(),
      () => this.#flights.delete(name),
    )
    return flight
  }

  /** Lets a flight that still waits for its turn go in by another lesson's lane, too. */
  hasten(flight: SectionFlight, { lane, rank }: Pick<Commission, 'lane' | 'rank'>): void {
    const place = this.#places.get(flight.name)
    if (place !== undefined) this.#queue.join(lane, place, rank)
  }

  /** Ends what is being made, and waits until it has ended. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled([...this.#flights.values()].map((flight) => flight.result))
  }

  /**
   * A reader whose look at the database fell just before the row was written still finds the flight. What was
   * not stored is made again by whoever asks next.
   */
  #linger(name: string): number {
    return this.#unstored.delete(name) ? 0 : LINGER_MS
  }

  async *#make(
    key: RewriteKey,
    task: RewriteTask,
    commission: Commission,
  ): AsyncGenerator<SectionStep, StoredRewrite> {
    const result = yield* this.#rewrite(key, task, commission)
    const rewrite = storedRewrite(key, task, this.#ports.engine, result)
    if (result.storable) await this.#save(rewrite)
    else this.#unstored.add(nameOf(key))
    return rewrite
  }

  async *#rewrite(
    key: RewriteKey,
    task: RewriteTask,
    { lane, rank, payer }: Commission,
  ): AsyncGenerator<SectionStep, SectionResult> {
    const { engine, meter } = this.#ports
    if (rewritable(task) === 0) return nothingToRewrite
    const refused = engine.refuses?.(task)
    if (refused !== undefined) throw refused
    const place = this.#queue.enter(lane, rank)
    try {
      if (place === undefined) throw overloaded()
      this.#places.set(nameOf(key), place)
      await place.granted
      return yield* rewriteSection(meter.charge(engine, payer), task, this.#closing.signal)
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#ports.onFailure(error)
      throw error
    } finally {
      this.#places.delete(nameOf(key))
      place?.leave()
    }
  }

  /** What the learner waits for is there already; a database that is away costs only the next one a call. */
  async #save(rewrite: StoredRewrite): Promise<void> {
    try {
      await this.#ports.store.save(rewrite)
    } catch (error) {
      this.#unstored.add(nameOf(rewrite.key))
      this.#ports.onFailure(error)
    }
  }
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

function storedRewrite(
  key: RewriteKey,
  task: RewriteTask,
  engine: Engine,
  result: SectionResult,
): StoredRewrite {
  const { blocks, additions, prompt_tokens, completion_tokens } = result
  return {
    key,
    blocks,
    additions,
    receipt: receiptOf(task.section.blocks, blocks, additions),
    model: engine.model,
    ...(engine.notice === undefined ? {} : { notice: engine.notice }),
    generated_at: new Date(),
    prompt_tokens,
    completion_tokens,
  }
}
