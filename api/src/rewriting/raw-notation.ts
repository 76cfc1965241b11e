import type { SectionFacts, TextFacts } from './block-facts.ts'

/** Marks that were not read as such, tags, entities, TeX without its dollars, and addresses. */
const IN_PROSE =
  /\*\*|`|\$|\{\{[^{}]*\}{0,2}|\]\(\S*|!\[|<\/?[a-z!][^<>\s]*>?|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});|\\[([]|\\[a-z]+|javascript:\S+/gi
const ADDRESS = /(?:https?:|www\.)[^\s<>]*/gi
/** Behind an address; looked for at the start of its run alone, or a long run takes quadratic time. */
const PUNCTUATION = /(?<![.,:;!?)'"’”])[.,:;!?)'"’”]+$/

/** Whether a text would show raw notation, or an address or a tag that the author did not write. */
export function holdsRawNotation({ prose, words }: TextFacts, section: SectionFacts): boolean {
  const marks = prose.match(IN_PROSE) ?? []
  const addresses = (words.match(ADDRESS) ?? []).map((address) => address.replace(PUNCTUATION, ''))
  return [...marks, ...addresses].some((mark) => !section.text.includes(mark))
}

/** Signs of a list, a quote or a heading, which the page's own element shows. */
const BLOCK_MARK = /^\s*(?:#{1,6}|[-*•>]|\d{1,2}[.)])\s+/

/** A block's text without the sign of its kind that Markdown would have, unless the author wrote one too. */
export function withoutBlockMark(text: string, source: string): string {
  return BLOCK_MARK.test(source) ? text : text.replace(BLOCK_MARK, '')
}
