/**
 * Lets at most `most` pieces of work run at once and `queue` more wait their turn, in order of arrival.
 */
export class Limiter {
  readonly #most: number
  readonly #queue: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(most: number, queue: number) {
    this.#most = most
    this.#queue = queue
  }

  /** A place, to be given back by calling it; nothing when the queue is full. */
  async enter(): Promise<(() => void) | undefined> {
    if (this.#running >= this.#most) {
      if (this.#waiting.length >= this.#queue) return undefined
      const turn = Promise.withResolvers<void>()
      this.#waiting.push(turn.resolve)
      await turn.promise
    } else this.#running += 1
    let left = false
    return () => {
      if (left) return
      left = true
      this.#leave()
    }
  }

  /** The place goes to the next in line, or is free. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }
}
