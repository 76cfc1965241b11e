import { type AnswerEnd, EngineError } from '../rewriting/ports.ts'

export type BreakerOptions = {
  /** How many calls in a row must fail. */
  failures: number
  /** For how long nothing is asked then, unless the upstream itself names a longer time. */
  pauseMs: number
  /** Whether a call's failure says something of the upstream, not of what was asked. */
  isTrouble: (error: EngineError) => boolean
}

type State = { name: 'closed' } | { name: 'open'; until: number; last: EngineError } | ProbingState
type ProbingState = { name: 'probing'; probe: symbol; last: EngineError }

/** While a probe is under way it is soon known whether it goes on. */
const PROBING_S = 5

/**
 * Leaves an upstream alone that has failed several times in a row: calls are refused at once with the time to wait.
 * After that one call is let through; its first piece lets all others through, its failure none. cockatiel's breaker
 * takes one promise for a call and keeps others waiting for the probe: a stream has two moments that count, and a
 * learner should hear at once.
 */
export class Breaker {
  readonly #options: BreakerOptions
  #state: State = { name: 'closed' }
  #failures = 0

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  /** Whether a call would be refused now. */
  get isOpen(): boolean {
    return this.#state.name !== 'closed'
  }

  /** Runs a call, which reports its first piece; throws an EngineError at once where it may not be made. */
  async *guard(
    begin: (onFirstPiece: () => void) => AsyncGenerator<string, AnswerEnd>,
    signal: AbortSignal,
  ): AsyncGenerator<string, AnswerEnd> {
    const call = this.#admit()
    try {
      const end = yield* begin(() => this.#answers(call))
      if (!this.isOpen) this.#failures = 0
      return end
    } catch (error) {
      if (error instanceof EngineError && !signal.aborted && this.#options.isTrouble(error))
        this.#fails(call, error)
      throw error
    } finally {
      this.#leaves(call)
    }
  }

  #admit(): symbol {
    const state = this.#state
    const call = Symbol('call')
    if (state.name === 'closed') return call
    const seconds = state.name === 'open' ? (state.until - performance.now()) / 1000 : PROBING_S
    if (seconds > 0 || state.name === 'probing') throw refusal(state.last, Math.ceil(seconds))
    this.#state = { name: 'probing', probe: call, last: state.last }
    return call
  }

  /** One more failure opens it again, until a call has ended well. */
  #answers(call: symbol): void {
    if (this.#probes(call)) this.#close(this.#options.failures - 1)
  }

  #fails(call: symbol, error: EngineError): void {
    this.#failures += 1
    const mayOpen =
      this.#state.name === 'closed' ? this.#failures >= this.#options.failures : this.#probes(call)
    if (!mayOpen) return
    const pauseMs = Math.max(this.#options.pauseMs, (error.retryAfter ?? 0) * 1000)
    this.#state = { name: 'open', until: performance.now() + pauseMs, last: error }
  }

  /** A probe that ended without a word of the upstream's trouble leaves the way free. */
  #leaves(call: symbol): void {
    if (this.#probes(call)) this.#close(this.#options.failures - 1)
  }

  #probes(call: symbol): boolean {
    return this.#state.name === 'probing' && this.#state.probe === call
  }

  #close(failures: number): void {
    this.#state = { name: 'closed' }
    this.#failures = failures
  }
}

function refusal(last: EngineError, seconds: number): EngineError {
  const message =
    last.code === 'upstream_refused'
      ? last.message
      : `The language model has failed several times in a row and is left alone for a moment. Try again in ${seconds} seconds.`
  return new EngineError(last.code, message, { retryAfter: seconds, cause: last })
}
