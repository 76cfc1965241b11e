/** Milliseconds between a change of the page and a look at it: a lesson must be found within half a second. */
const SOONEST = 150
/** How many times what a look takes lies between two: so looking takes at most a fortieth of the main thread. */
const REST = 40

/** When to look again at a page that changes all the time: the later, the longer a look takes on it. */
export class LookPace {
  #delay = SOONEST

  /** Milliseconds to wait from a change to the next look. */
  get delay(): number {
    return this.#delay
  }

  /** Looks, and takes the time. */
  look<T>(look: () => T): T {
    const start = performance.now()
    const seen = look()
    this.#delay = Math.max(SOONEST, (performance.now() - start) * REST)
    return seen
  }
}
