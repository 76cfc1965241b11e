import type { Failure } from '@lectern/shared'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'

/** What is said to course staff of a failure: those that they alone meet have sentences of their own. */
export function staffFailureText(failure: Failure): string {
  switch (failure.error) {
    case 'not_authorized':
      return i18n.t('staff.failures.not_authorized')
    case 'too_many_requests':
      return i18n.t('staff.failures.wait')
    case 'api_unreachable':
      return i18n.t('staff.failures.away')
    case 'site_exists':
      return i18n.t('staff.failures.site_exists')
    case 'site_not_found':
      return i18n.t('staff.failures.site_not_found')
    default:
      return failureText(failure)
  }
}
