/** Milliseconds to wait for the first piece, for each next one, and for the whole. */
export type PatienceLimits = { firstPiece: number; nextPiece: number; whole: number }

/** Ends a wait that has become too long: its signal aborts, and `spent` says which limit it was. */
export class Patience {
  readonly #limits: PatienceLimits
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal
  readonly #abort = () => this.#controller.abort(this.#outer.reason)
  #piece: NodeJS.Timeout
  readonly #whole: NodeJS.Timeout
  #hasBegun = false
  #spent: keyof PatienceLimits | undefined

  /** `outer` ends the wait too, without anything being spent. */
  constructor(limits: PatienceLimits, outer: AbortSignal) {
    this.#limits = limits
    this.#outer = outer
    this.#piece = setTimeout(() => this.#spend('firstPiece'), limits.firstPiece)
    this.#whole = setTimeout(() => this.#spend('whole'), limits.whole)
    if (outer.aborted) this.#abort()
    else outer.addEventListener('abort', this.#abort, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get spent(): keyof PatienceLimits | undefined {
    return this.#spent
  }

  /** A piece is here: the wait for the next one begins. */
  arrived(): void {
    if (this.#hasBegun) {
      // A new timer for each token costs more than to read it.
      this.#piece.refresh()
      return
    }
    this.#hasBegun = true
    clearTimeout(this.#piece)
    this.#piece = setTimeout(() => this.#spend('nextPiece'), this.#limits.nextPiece)
  }

  /** Clears the timers and the listener. */
  end(): void {
    clearTimeout(this.#piece)
    clearTimeout(this.#whole)
    this.#outer.removeEventListener('abort', this.#abort)
  }

  #spend(limit: keyof PatienceLimits): void {
    this.#spent = limit
    this.#controller.abort(new Error(`no answer within ${this.#limits[limit]} ms (${limit})`))
  }
}
