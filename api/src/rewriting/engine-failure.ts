import type { Failure } from '@lectern/shared'
import { EngineError } from './ports.ts'

/** A failure that another process has met, in the words in which it told its own learners. */
export class ReportedFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'ReportedFailure'
    this.failure = failure
  }
}

/** What a learner is told of a rewrite that failed; the text of an unexpected error stays inside. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ReportedFailure) return error.failure
  if (error instanceof EngineError) {
    const { code, message, retryAfter } = error
    return { error: code, message, ...(retryAfter === undefined ? {} : { retry_after: retryAfter }) }
  }
  return {
    error: 'internal_error',
    message: 'Something went wrong while this lesson was rewritten. Original works; try again in a moment.',
  }
}
