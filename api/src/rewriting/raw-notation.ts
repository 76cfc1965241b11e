import type { SectionFacts, TextFacts } from './block-facts.ts'
import { numeralsOf, valuesOf } from './numerals.ts'

/** Marks that were not read as such, tags, entities, TeX without its dollars, and signs that part a chat's roles. */
const IN_PROSE =
  /\*\*|__(?=\S)|~~|`|\$|\{\{[^{}]*\}{0,2}|\]\(\S*|!\[|<\/?[a-z!?][^<>\s]*>?|<\|\S*|\[\/?INST\]|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});|\\[([]|\\[a-z]+/gi
/**
 * By their scheme, their host's first or last part, or a path behind a host; of e-mail by the host alone. A host is
 * looked for at the start of its run only, or a long run takes quadratic time.
 */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]{0,20}:\/\/|\b(?:mailto|javascript|vbscript|tel):(?=\S)|\bdata:[a-z]+\/|www\.)[^\s<>]*|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:(?:com|org|net|info|biz|xyz|example)\b(?:\/[^\s<>]*)?|[a-z]{2,}\/[^\s<>]+)/gi
/** Signs that nobody sees and that spell nothing: selectors without their emoji, fillers, private use. */
const UNSEEN = /[\ufe00-\ufe0e\u115f\u1160\u3164\uffa0\u2800\ue000-\uf8ff\u{f0000}-\u{10ffff}]/gu
/** Behind an address; looked for at the start of its run alone, or a long run takes quadratic time. */
const PUNCTUATION = /(?<![.,:;!?)'"’”])[.,:;!?)'"’”]+$/

/** Whether a text would show raw notation, or an address, a tag or an unseen sign that the author did not write. */
export function holdsRawNotation({ prose, words }: TextFacts, section: SectionFacts): boolean {
  const marks = prose.match(IN_PROSE) ?? []
  const addresses = (words.match(ADDRESS) ?? []).map((address) => address.replace(PUNCTUATION, ''))
  return [...marks, ...addresses, ...(words.match(UNSEEN) ?? [])].some((mark) => !section.text.includes(mark))
}

/** Signs of a list, a quote or a heading, which the page's own element shows. */
const BLOCK_MARK = /^\s*(?:#{1,6}|[-*•>]|\d{1,2}[.)])\s+/

/**
 * A block's text without the sign of its kind that Markdown would have, unless the author wrote one too, or the number
 * in it: "Step 1" is "1. Adım" in Turkish.
 */
export function withoutBlockMark(text: string, source: string): string {
  const mark = BLOCK_MARK.exec(text)?.[0]
  if (mark === undefined || BLOCK_MARK.test(source)) return text
  const isNumber = numeralsOf(mark).some(({ value }) => valuesOf(numeralsOf(source)).includes(value))
  return isNumber ? text : text.slice(mark.length)
}
