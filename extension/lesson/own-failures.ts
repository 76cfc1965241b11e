import type { Failure } from '@lectern/shared'
import { i18n } from '../locales/i18n.ts'

/** An answer that ended before its end. */
export function brokenOff(): Failure {
  return { error: 'internal_error', message: i18n.t('lesson.broken_off') }
}

/** A page that could not be read or copied. */
export function wentWrong(): Failure {
  return { error: 'internal_error', message: i18n.t('failures.internal_error') }
}
