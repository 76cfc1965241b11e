import { Failure } from '@lectern/shared'
import { isHTTPError } from 'ky'
import { Value } from 'typebox/value'

/** Statuses that a proxy answers with when the API behind it is away. */
const proxyStatuses = [502, 503, 504]

/** What went wrong with a call to the API, ready to be shown. */
export class ApiError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.name = 'ApiError'
    this.failure = failure
  }
}

/** Turns what a call threw into an error that a learner can act on. */
export function apiErrorOf(error: unknown, apiUrl: string): ApiError {
  if (error instanceof ApiError) return error
  if (!isHTTPError(error)) return unreachable(apiUrl, error)
  if (Value.Check(Failure, error.data)) return new ApiError(error.data, { cause: error })
  if (proxyStatuses.includes(error.response.status)) return unreachable(apiUrl, error)
  return unreadable(apiUrl, `HTTP status ${error.response.status}`)
}

/** The API did not answer at all. */
export function unreachable(apiUrl: string, cause?: unknown): ApiError {
  const message = `Lectern’s API at ${hostOf(apiUrl)} does not answer. Original works; try again in a moment, or check the address in Options.`
  return new ApiError({ error: 'api_unreachable', message }, { cause })
}

/** The API stopped in the middle of an answer. */
export function brokenOff(apiUrl: string, cause?: unknown): ApiError {
  const message = `The answer of Lectern’s API at ${hostOf(apiUrl)} broke off. What has arrived stays; try again for the rest.`
  return new ApiError({ error: 'api_unreachable', message }, { cause })
}

/** Something answered, but not as this version of the API does. `detail` says what was wrong, without its text. */
export function unreadable(apiUrl: string, detail: string): ApiError {
  const message = `What answers at ${hostOf(apiUrl)} does not speak this version of Lectern. Check the API’s address in Options, or update the extension.`
  return new ApiError({ error: 'internal_error', message, detail })
}

function hostOf(apiUrl: string): string {
  return URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl
}
