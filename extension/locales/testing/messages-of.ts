import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseMessagesObject } from '@wxt-dev/i18n/build'

/** The languages of the interface, as the browsers name their folders. */
export const locales = ['en', 'ur', 'ar', 'es', 'de', 'zh_CN'] as const
export type Locale = (typeof locales)[number]

/** The messages of a locale by their keys with dots ("popup.title"). */
export async function messagesOf(locale: Locale): Promise<Record<string, string>> {
  const path = resolve(import.meta.dirname, '..', `${locale}.json`)
  const parsed = parseMessagesObject(JSON.parse(await readFile(path, 'utf8')))
  return Object.fromEntries(
    parsed.flatMap((message) => {
      const key = message.key.join('.')
      return message.type === 'simple' && !key.startsWith('@@') ? [[key, message.message] as const] : []
    }),
  )
}

/**
 * A script that gives a page without an extension the messages of a locale, as `chrome.i18n` gives them: for what
 * is bundled into a test page.
 */
export async function messagesScript(locale: Locale): Promise<string> {
  const messages = await messagesOf(locale)
  const named = Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [key.replaceAll('.', '_'), text]),
  )
  return `globalThis.chrome = {
    ...globalThis.chrome,
    i18n: { getMessage: (key) => (${JSON.stringify(named)})[key] ?? '' },
  }`
}
