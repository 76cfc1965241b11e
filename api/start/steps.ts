/** Where progress is written: a terminal, or lines for a log. */
export type Out = { write(text: string): unknown; isTTY?: boolean }

/** Shows a long job's steps as they go, each with its time. */
export class Steps {
  readonly #out: Out

  constructor(out: Out) {
    this.#out = out
  }

  /** Does one step; `outcome` says in a few words what came of it. What `work` throws is passed on. */
  async run<T>(name: string, work: () => Promise<T>, outcome: (result: T) => string): Promise<T> {
    const started = performance.now()
    this.#begin(name)
    try {
      const result = await work()
      this.#line('✓', name, outcome(result), started)
      return result
    } catch (error) {
      this.#line('✗', name, 'failed', started)
      throw error
    }
  }

  /** For a job that tells when each of its steps begins: a step ends where the next one begins, with its outcome. */
  sequence<Name extends string>(
    outcomes: Record<Name, string>,
  ): { begin(name: Name, text: string): void; end(): void; fail(): void } {
    let step: { name: Name; started: number } | undefined
    const close = (sign: string) => {
      if (step !== undefined)
        this.#line(sign, step.name, sign === '✓' ? outcomes[step.name] : 'failed', step.started)
      step = undefined
    }
    return {
      begin: (name, text) => {
        if (step?.name === name) return this.note(text)
        close('✓')
        step = { name, started: performance.now() }
        this.#begin(name)
      },
      end: () => close('✓'),
      fail: () => close('✗'),
    }
  }

  /** A step that took no time of this job. */
  done(name: string, text: string): void {
    this.#out.write(`✓ ${name.padEnd(11)}${text}\n`)
  }

  /** Says what a step is doing meanwhile. */
  note(text: string): void {
    this.#out.write(`${this.#clear()}  ${text}\n`)
  }

  #begin(name: string): void {
    if (this.#out.isTTY) this.#out.write(`… ${name}`)
  }

  #line(sign: string, name: string, text: string, started: number): void {
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    this.#out.write(`${this.#clear()}${sign} ${name.padEnd(11)}${text} (${seconds} s)\n`)
  }

  #clear(): string {
    return this.#out.isTTY ? '\r\u001b[K' : ''
  }
}
