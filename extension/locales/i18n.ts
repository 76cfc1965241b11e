import { createI18n } from '@wxt-dev/i18n'
import type { GeneratedI18nStructure } from '../../.wxt/i18n/structure.d.ts'
import { outliveExtension } from './outlive-extension.ts'

type Key = keyof GeneratedI18nStructure

/** A message with named places for values. */
export type NamedKey = {
  [K in Key]: GeneratedI18nStructure[K] extends { namedSubstitutions: readonly string[] } ? K : never
}[Key]

/** A message with a form for each plural category of its language: `one` and `other` in English, six in Arabic. */
export type CountedKey = Key extends infer K ? (K extends `${infer Base}.other` ? Base : never) : never

/**
 * The interface's words in the browser's language, or else in English: `i18n.t('popup.title')`. Keys and
 * placeholders are typed by locales/en.json (`wxt prepare` makes the types). Not before the first call is the
 * language known: keep no message in a constant of a module.
 */
export const i18n = outliveExtension(createI18n<GeneratedI18nStructure>())

/** The language of the words that `i18n` gives, as a BCP 47 tag: not the browser's where Lectern does not speak it. */
export function uiLanguage(): string {
  return i18n.t('locale.language')
}

/** How the words that `i18n` gives are written. */
export function uiDirection(): 'ltr' | 'rtl' {
  return i18n.t('locale.direction') === 'rtl' ? 'rtl' : 'ltr'
}

/** A number as the interface's language writes it. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(uiLanguage()).format(value)
}

/** The form of a message that its language uses with a count, which stands at `{count}` beside other named values. */
export function countText(base: CountedKey, count: number, values: Record<string, string> = {}): string {
  const category = new Intl.PluralRules(uiLanguage()).select(count)
  // What a locale must have beside `other` depends on its language; a test holds each complete.
  const key = `${base}.${category}` as `${CountedKey}.other`
  return i18n.t(key, { ...values, count: numberText(count) })
}
