import { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { EngineError, type Tokens } from '../rewriting/ports.ts'
import type { Patience } from './patience.ts'

/** What a learner is told to wait where the upstream has too much to do and names no time. */
const USUAL_WAIT_S = 30
const LONGEST_WAIT_S = 3600

/** A failed call as the rest of the API knows it; `spent` is what it has cost. */
export function engineError(error: unknown, patience: Patience, spent: Tokens): EngineError {
  if (error instanceof EngineError) return error
  const retryAfter = askedToWait(error)
  const options = { spent, cause: error, ...(retryAfter === undefined ? {} : { retryAfter }) }
  if (patience.spent !== undefined)
    return new EngineError(
      'upstream_timeout',
      'The language model took too long to answer. Try again in a moment.',
      options,
    )
  const status = error instanceof APIError ? error.status : undefined
  if (status === 401 || status === 403 || status === 404)
    return new EngineError(
      'upstream_refused',
      "The language model refused the API's request. Whoever runs the API needs to check OPENAI_API_KEY, OPENAI_BASE_URL and LLM_MODEL.",
      options,
    )
  if (status === 429)
    return new EngineError(
      'overloaded',
      'The language model has too much to do just now. Try again in a minute.',
      { ...options, retryAfter: retryAfter ?? USUAL_WAIT_S },
    )
  return new EngineError(
    'upstream_failed',
    'The language model did not answer as it should. Try again in a moment.',
    options,
  )
}

/** Seconds for which the upstream asked to be left alone: a number, or the time of an HTTP date. */
export function askedToWait(error: unknown): number | undefined {
  const text = error instanceof APIError ? error.headers?.get('retry-after') : undefined
  if (!text) return undefined
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT_S) : undefined
}

/** Whether the same request may be answered a moment later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof APIUserAbortError || !(error instanceof APIError)) return false
  const status = error.status ?? 0
  return error instanceof APIConnectionError || status === 429 || status === 408 || status >= 500
}

/** Whether a request was turned away before the model took it: by a status, or for want of a connection. */
export function isTurnedAway(error: unknown): boolean {
  if (error instanceof APIUserAbortError || !(error instanceof APIError)) return false
  return error instanceof APIConnectionError || error.status !== undefined
}

/** Whether a failure says something of the upstream, rather than of what was asked. */
export function isTrouble({ cause }: EngineError): boolean {
  return !(cause instanceof APIError && [400, 413, 422].includes(cause.status ?? 0))
}
