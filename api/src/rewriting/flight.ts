/**
 * One piece of work that many may watch: what it gives is kept in order, each watcher reads it from the start
 * at its own pace. It runs to its end whether or not anyone watches, since a later reader will want the result.
 */
export class Flight<Step, Result> {
  readonly #steps: Step[] = []
  readonly result: Promise<Result>
  #ended = false
  #wake: PromiseWithResolvers<void> = Promise.withResolvers()

  constructor(work: AsyncGenerator<Step, Result>) {
    this.result = this.#run(work)
    // Watchers see the failure; without one it must not end the process.
    this.result.catch(() => {})
  }

  /** All steps from the first one on, those to come as they come. It does not throw: see `result`. */
  async *watch(): AsyncGenerator<Step, void> {
    for (let at = 0; ; at++) {
      while (at >= this.#steps.length) {
        if (this.#ended) return
        await this.#wake.promise
      }
      yield this.#steps[at] as Step
    }
  }

  async #run(work: AsyncGenerator<Step, Result>): Promise<Result> {
    try {
      for (;;) {
        const next = await work.next()
        if (next.done) return next.value
        this.#steps.push(next.value)
        this.#notify()
      }
    } finally {
      this.#ended = true
      this.#notify()
    }
  }

  #notify(): void {
    const woken = this.#wake
    this.#wake = Promise.withResolvers()
    woken.resolve()
  }
}
