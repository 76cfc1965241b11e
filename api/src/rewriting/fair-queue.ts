export type QueueLimits = {
  /** Places in all. */
  overall: number
  /** Places that one lesson may hold. */
  perLesson: number
  /** How many may wait for a place, in all. */
  queue: number
}

/** A place to work in: had once `granted` resolves, and given back (or no longer waited for) by `leave`. */
export type Place = {
  granted: Promise<void>
  readonly state: 'waiting' | 'placed' | 'gone'
  leave(): void
}

type Waiter = Omit<Place, 'state'> & { grant(): void; holder?: Lane; state: Place['state'] }

/** One lesson's place in the queue: who waits in it, the lowest rank first. */
export type Lane = { waiting: { waiter: Waiter; rank: number }[]; held: number }

/**
 * Hands out places to work in. Free places go to the lessons in turn, so that a long lesson does not keep a short
 * one from its first section; within a lesson they go by rank. Who waits is bounded.
 */
export class FairQueue {
  readonly #limits: QueueLimits
  #held = 0
  #waiting = 0
  /** Lanes in which somebody waits and may go in, in the order of their turns. */
  readonly #turns = new Set<Lane>()

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  /** How many hold a place, and how many wait for one. */
  get work(): { making: number; waiting: number } {
    return { making: this.#held, waiting: this.#waiting }
  }

  /** A lane for one lesson. */
  lane(): Lane {
    return { waiting: [], held: 0 }
  }

  /** Whether one of this rank is likely to have a place at once, where those before it in its lane come first. */
  isFreeFor(lane: Lane, rank: number): boolean {
    const { overall, perLesson } = this.#limits
    return this.#waiting === 0 && this.#held + rank < overall && lane.held + rank < perLesson
  }

  /** Queues up for a place; nothing when the queue is full. The lowest rank of a lane goes first. */
  enter(lane: Lane, rank: number): Place | undefined {
    const { overall, queue } = this.#limits
    const isFree = this.#held < overall && this.#hasRoom(lane)
    if (!isFree && this.#waiting >= queue) return undefined
    const { promise: granted, resolve: grant } = Promise.withResolvers<void>()
    const waiter: Waiter = { granted, grant, state: 'waiting', leave: () => this.#leave(waiter) }
    this.#waiting += 1
    this.#line(lane, waiter, rank)
    return waiter
  }

  /** Lets one who waits elsewhere go in by this lane, too, whichever comes first: another lesson wants the same. */
  join(lane: Lane, place: Place, rank: number): void {
    const waiter = place as Waiter
    if (waiter.state === 'waiting') this.#line(lane, waiter, rank)
  }

  #line(lane: Lane, waiter: Waiter, rank: number): void {
    const before = lane.waiting.findLastIndex((other) => other.rank <= rank)
    lane.waiting.splice(before + 1, 0, { waiter, rank })
    this.#takeTurn(lane)
    this.#handOut()
  }

  #leave(waiter: Waiter): void {
    const { state, holder } = waiter
    waiter.state = 'gone'
    if (state === 'waiting') this.#waiting -= 1
    if (state !== 'placed' || holder === undefined) return
    this.#held -= 1
    holder.held -= 1
    this.#takeTurn(holder)
    this.#handOut()
  }

  #handOut(): void {
    while (this.#held < this.#limits.overall) {
      const [lane] = this.#turns
      if (lane === undefined) return
      this.#turns.delete(lane)
      const next = lane.waiting.shift()?.waiter
      if (next?.state === 'waiting') this.#give(next, lane)
      this.#takeTurn(lane)
    }
  }

  #give(waiter: Waiter, lane: Lane): void {
    this.#waiting -= 1
    this.#held += 1
    lane.held += 1
    waiter.holder = lane
    waiter.state = 'placed'
    waiter.grant()
  }

  #takeTurn(lane: Lane): void {
    // Who was let in by another lane, or left, is nobody to wait for.
    while (lane.waiting[0] !== undefined && lane.waiting[0].waiter.state !== 'waiting') lane.waiting.shift()
    if (lane.waiting.length > 0 && this.#hasRoom(lane)) this.#turns.add(lane)
    else this.#turns.delete(lane)
  }

  #hasRoom(lane: Lane): boolean {
    return lane.held < this.#limits.perLesson
  }
}
