import type { Recorder } from './recorder.ts'

/** How often a line is written where nobody sees it change. */
const LINES_APART = 5

/** Tells on standard error, once a second, how a run goes. */
export class LiveProgress {
  readonly #recorder: Recorder
  readonly #seconds: number
  #told = 0

  constructor(recorder: Recorder, seconds: number) {
    this.#recorder = recorder
    this.#seconds = seconds
  }

  /** `calls`: of the model, so far. `apart`: seconds since the last time. */
  tell(elapsed: number, calls: number | undefined): void {
    const { isTTY } = process.stderr
    const line = () => {
      const apart = elapsed - this.#told
      this.#told = elapsed
      const { ended, p50, p99, wrong } = this.#recorder.recent()
      const time = (ms: number | undefined) => (ms === undefined ? '-' : `${Math.round(ms)} ms`)
      return [
        `${Math.round(elapsed)} s of ${Math.ceil(this.#seconds)}`,
        `${(ended / Math.max(apart, 0.001)).toFixed(1)} visits/s`,
        `p50 ${time(p50)}`,
        `p99 ${time(p99)}`,
        `${wrong} wrong`,
        ...(calls === undefined ? [] : [`${calls} calls to the model`]),
      ].join(' · ')
    }
    if (isTTY) process.stderr.write(`\r\u001b[K${line()}`)
    else if (elapsed - this.#told >= LINES_APART) process.stderr.write(`${line()}\n`)
  }

  /** The line stays as it is. */
  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n')
  }
}
