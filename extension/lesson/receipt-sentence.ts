import type { Provenance, Receipt } from '@lectern/shared'
import { countText, i18n, numberText, uiLanguage } from '../locales/i18n.ts'

const minute = 60
const spans = [
  ['year', 365 * 24 * 60 * minute],
  ['month', 30 * 24 * 60 * minute],
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
] as const

/** What of a lesson is the author's own, each with its message. */
const authors = ['code_blocks', 'formulas', 'tables', 'figures', 'links'] as const

/**
 * The receipt in one line: "All 6 code blocks and 21 links are the author's; 17 of 19 paragraphs rewritten, 2 kept;
 * made 3 days ago by MODEL, from cache". What counts nothing is left out.
 */
export function receiptSentence(receipt: Receipt, provenance: Provenance, now: Date): string {
  const parts = [authorsOwn(receipt), changed(receipt), made(provenance, now)]
  return parts
    .filter((part) => part !== '')
    .reduce((first, second) => i18n.t('receipt.parts', { first, second }))
}

/** The counts of what is the author's own, each in words. */
export function authorsParts(receipt: Receipt): string[] {
  return authors.flatMap((key) => (receipt[key] === 0 ? [] : countText(`receipt.${key}`, receipt[key])))
}

/** The counts of what became of the paragraphs and what was added, each in words. */
export function changedParts({ rewritten, kept, folded, restored, additions }: Receipt): string[] {
  const total = rewritten + kept + folded + restored
  const outcomes = { kept, folded, restored }
  const others = (['kept', 'folded', 'restored'] as const).flatMap((key) =>
    outcomes[key] === 0 ? [] : i18n.t(`receipt.${key}`, { count: numberText(outcomes[key]) }),
  )
  return [
    ...(total === 0 ? [] : [countText('receipt.rewritten', total, { done: numberText(rewritten) })]),
    ...others,
    ...(additions === 0 ? [] : [countText('receipt.additions', additions)]),
  ]
}

function authorsOwn(receipt: Receipt): string {
  const parts = authorsParts(receipt)
  if (parts.length === 0) return ''
  const [first] = authors.filter((key) => receipt[key] > 0)
  const isOne = first !== undefined && receipt[first] === 1
  // British: no comma before "and".
  const locale = uiLanguage() === 'en' ? 'en-GB' : uiLanguage()
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts)
  return i18n.t(isOne ? 'receipt.author' : 'receipt.all_author', { list })
}

function changed(receipt: Receipt): string {
  return comma(changedParts(receipt))
}

/** How and when a rewrite was made. A notice says already what made it. */
export function made({ model, cached, generated_at, notice }: Provenance, now: Date): string {
  const age = ageOf(new Date(generated_at), now)
  const how =
    notice === undefined ? i18n.t('receipt.made_by', { age, model }) : i18n.t('receipt.made', { age })
  return comma(cached ? [how, i18n.t('receipt.cached')] : [how])
}

function comma(parts: string[]): string {
  return new Intl.ListFormat(uiLanguage(), { type: 'unit', style: 'short' }).format(parts)
}

function ageOf(then: Date, now: Date): string {
  const seconds = (now.getTime() - then.getTime()) / 1000
  const span = spans.find(([, length]) => seconds >= length)
  if (span === undefined) return i18n.t('receipt.just_now')
  const [unit, length] = span
  const relative = new Intl.RelativeTimeFormat(uiLanguage(), { numeric: 'always' })
  return relative.format(-Math.floor(seconds / length), unit)
}
