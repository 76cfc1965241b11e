import type { Failure } from '@lectern/shared'
import { i18n, uiLanguage } from './i18n.ts'

/** Made on this machine, in the interface's language already. */
const ownFailures: readonly Failure['error'][] = ['storage_full', 'owner_declined']

/**
 * A failure's sentence with its next step, in the interface's language. In English it is the API's own, which can
 * name what the closed list of failures cannot; so it is for the failures that only staff meet. A site's own words
 * follow as its staff wrote them.
 */
export function failureText({ error, message, words }: Failure): string {
  const sentence =
    ownFailures.includes(error) || uiLanguage() === 'en' ? message : translated(error) || message
  return words === undefined ? sentence : `${sentence} “${words}”`
}

function translated(error: Failure['error']): string {
  return (i18n.t as (key: string) => string)(`failures.${error}`)
}
