import type { Failure } from '@lectern/shared'
import { EngineError } from './ports.ts'

/** What a learner is told of a rewrite that failed; the text of an unexpected error stays inside. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) {
    const { code, message, retryAfter } = error
    return { error: code, message, ...(retryAfter === undefined ? {} : { retry_after: retryAfter }) }
  }
  return {
    error: 'internal_error',
    message: 'Something went wrong while this lesson was rewritten. Original works; try again in a moment.',
  }
}
