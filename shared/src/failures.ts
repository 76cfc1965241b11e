import Type, { type Static } from 'typebox'

/** The closed list of what can go wrong, as `error` of an answer or of a `failed` event. */
export const failureCodes = [
  'validation_failed',
  'missing_user',
  'user_exists',
  'user_not_found',
  'onboarding_incomplete',
  'site_not_listed',
  'site_denied',
  'lesson_not_stored',
  'lesson_empty',
  'lesson_too_large',
  'hash_mismatch',
  'course_not_found',
  'site_not_found',
  'site_exists',
  'not_authorized',
  'progress_full',
  'warmups_unavailable',
  'language_needs_model',
  'not_found',
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'budget_spent',
  'upstream_failed',
  'upstream_timeout',
  'upstream_refused',
  'database_unavailable',
  'overloaded',
  'internal_error',
  'api_unreachable',
  'storage_full',
  'extension_updated',
  'owner_declined',
] as const
export type FailureCode = (typeof failureCodes)[number]

/** `message` is a sentence with a next step; `detail` names the field or the cause. */
export const Failure = Type.Object({
  error: Type.Enum(failureCodes),
  message: Type.String(),
  detail: Type.Optional(Type.String()),
  words: Type.Optional(
    Type.String({ description: 'of the site’s staff, as they wrote them, to be shown after the message' }),
  ),
  retry_after: Type.Optional(Type.Number({ description: 'seconds' })),
  missing: Type.Optional(
    Type.Array(Type.String(), { description: 'hashes of sections that are not stored' }),
  ),
})
export type Failure = Static<typeof Failure>
