import type { Failure } from '@lectern/shared'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'

/**
 * A failure's sentence as it can stand in a page: without the API's address, which is none of the page's business.
 * Its scripts find words of a closed shadow root, too: by `window.find()` in Firefox.
 */
export function failureOnPage(failure: Failure): string {
  const { error, detail } = failure
  if (error === 'api_unreachable') return i18n.t('failures.api_unreachable')
  // What another program answered at the address that is set is said with that address.
  if (error === 'internal_error' && detail !== undefined) return i18n.t('failures.internal_error')
  return failureText(failure)
}
