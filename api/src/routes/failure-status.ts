import { Failure, type FailureCode } from '@lectern/shared'

/** The HTTP status of each failure. */
export const failureStatus = {
  validation_failed: 400,
  missing_user: 400,
  lesson_empty: 400,
  hash_mismatch: 400,
  not_authorized: 401,
  site_not_listed: 403,
  site_denied: 403,
  user_not_found: 404,
  onboarding_incomplete: 404,
  lesson_not_stored: 404,
  course_not_found: 404,
  site_not_found: 404,
  not_found: 404,
  method_not_allowed: 405,
  user_exists: 409,
  site_exists: 409,
  progress_full: 409,
  lesson_too_large: 413,
  payload_too_large: 413,
  unsupported_media_type: 415,
  language_needs_model: 422,
  too_many_requests: 429,
  budget_spent: 429,
  internal_error: 500,
  upstream_failed: 502,
  upstream_timeout: 502,
  upstream_refused: 502,
  database_unavailable: 503,
  overloaded: 503,
  warmups_unavailable: 503,
  // Said by the extension alone.
  api_unreachable: 503,
  storage_full: 507,
  extension_updated: 409,
  owner_declined: 403,
} as const satisfies Record<FailureCode, number>

type Status<Code extends FailureCode> = (typeof failureStatus)[Code]
/** A bug, a database that is away, a load that is too high, a client that asks too often. */
const ofAnyRoute = ['internal_error', 'database_unavailable', 'overloaded', 'too_many_requests'] as const
type AnyRoute = (typeof ofAnyRoute)[number]

/** The response schemas of a route that may fail with these codes, beside those that any route may fail with. */
export function failures<Code extends FailureCode>(
  ...codes: Code[]
): Record<Status<Code | AnyRoute>, typeof Failure> {
  const all = new Set<FailureCode>([...codes, ...ofAnyRoute])
  const byStatus = Map.groupBy(all, (code) => failureStatus[code])
  const responses = [...byStatus].map(([status, its]) => [
    status,
    { ...Failure, description: its.join(', ') },
  ])
  return Object.fromEntries(responses)
}
