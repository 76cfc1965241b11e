import type { Failure } from '@lectern/shared'
import { i18n } from '../locales/i18n.ts'

/** The browser did not keep a value, or could not read one; `failure` is ready to be shown. */
export class StorageError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.name = 'StorageError'
    this.failure = failure
  }
}

/** Turns what the browser's storage threw into an error that a learner can act on. */
export function storageError(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause
  const message = isFull(cause) ? i18n.t('storage.full') : i18n.t('storage.unreadable')
  const error = isFull(cause) ? 'storage_full' : 'internal_error'
  return new StorageError({ error, message }, { cause })
}

/** Chrome says "QUOTA_BYTES quota exceeded" of extension storage, both browsers QuotaExceededError of IndexedDB. */
function isFull(cause: unknown): boolean {
  return cause instanceof Error && /quota|no space|disk.*full/i.test(`${cause.name} ${cause.message}`)
}
