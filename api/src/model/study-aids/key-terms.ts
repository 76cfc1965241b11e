import { type Inline, parseInline, plainText, serializeInline } from '@lectern/shared'
import type { Sentence } from './sentences.ts'

/** A term with the author's sentence that says what it is. `term` is plain words. */
export type KeyTerm = { term: string; sentence: Sentence; emphasized: boolean }

/** "A loop is a part of ...": the subject of a sentence that says what something is. */
const IS_A =
  /^(?:an? |the )?([^,.:;()]{2,50}?) (?:is|are) (?:(?:an?|the|any|one of|defined (?:as|to be)|called|what|how|when|where)\b)/i
const MEANS = /^(?:an? |the )?([^,.:;()]{2,50}?) (?:means|refers to|denotes|describes|stands for) /i
/** "... is called the workspace": what comes last. */
const CALLED = /\b(?:called|known as|referred to as|termed) (?:an? |the )?([^,.:;()]{2,50}?)[.,;]/i

/** A subject with one of these is no term: "There is a way", "One of them is the". */
const NO_TERM =
  /\b(?:it|this|that|these|those|they|there|here|what|which|who|one|some|many|most|all|both|each|every|another|other|you|we|i|way|thing|reason|result|answer|idea|goal|aim|problem|difference|example|question|first|second|next|last|following|same|only|if|when)\b/i

const MOST_WORDS = 4

/** The terms that these sentences define, each once, those that the author emphasizes first. */
export function keyTerms(sentences: readonly Sentence[]): KeyTerm[] {
  const found = new Map<string, KeyTerm>()
  for (const sentence of sentences) {
    const term = termOf(sentence.text)
    if (term === undefined || found.has(term.term.toLowerCase())) continue
    found.set(term.term.toLowerCase(), { ...term, sentence })
  }
  return [...found.values()].sort((a, b) => Number(b.emphasized) - Number(a.emphasized))
}

/** The term that a sentence defines, if it does. */
export function termOf(sentence: string): { term: string; emphasized: boolean } | undefined {
  const inlines = parseInline(sentence)
  const words = plainText(inlines)
  const candidates = [IS_A, MEANS, CALLED].flatMap((pattern) => pattern.exec(words)?.[1] ?? [])
  const marked = inlines.flatMap((inline) => (isMarked(inline) ? [plainText(inline.children)] : []))
  for (const candidate of candidates) {
    const emphasized = marked.find((mark) => candidate.includes(mark) && isTerm(mark))
    if (emphasized !== undefined) return { term: emphasized, emphasized: true }
    if (isTerm(candidate)) return { term: candidate, emphasized: false }
  }
  return undefined
}

function isMarked(inline: Inline): inline is Extract<Inline, { type: 'strong' | 'emphasis' }> {
  return inline.type === 'strong' || inline.type === 'emphasis'
}

/** Words alone: a term with a formula or code in it does not read as one. */
function isTerm(words: string): boolean {
  return words.split(' ').length <= MOST_WORDS && /^\p{L}[\p{L}\d '’-]+$/u.test(words) && !NO_TERM.test(words)
}

/** A term as an addition shows it. */
export function strong(term: string): string {
  return serializeInline([{ type: 'strong', children: [{ type: 'text', text: term }] }])
}
