/** Where progress is written: a terminal, or lines for a log. */
export type Out = { write(text: string): unknown; isTTY?: boolean }

/** Shows a long job's steps as they go, each with its time. */
export class Steps {
  readonly #out: Out

  constructor(out: Out) {
    this.#out = out
  }

  /** Does one step; `work` says in a few words what came of it. What it throws is passed on. */
  async run<T>(name: string, work: () => Promise<T>, outcome: (result: T) => string): Promise<T> {
    const started = performance.now()
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
    if (this.#out.isTTY) this.#out.write(`… ${name.padEnd(12)}`)
    try {
      const result = await work()
      this.#line('✓', name, outcome(result), seconds())
      return result
    } catch (error) {
      this.#line('✗', name, 'failed', seconds())
      throw error
    }
  }

  /** Says what a step is doing meanwhile. */
  note(text: string): void {
    this.#out.write(`${this.#out.isTTY ? '\r' : ''}  ${text}\n`)
  }

  #line(sign: string, name: string, text: string, time: string): void {
    const back = this.#out.isTTY ? '\r\u001b[K' : ''
    this.#out.write(`${back}${sign} ${name.padEnd(12)}${text} (${time})\n`)
  }
}
