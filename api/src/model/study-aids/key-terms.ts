import { type Inline, parseInline, plainText, serializeInline } from '@lectern/shared'
import type { Sentence } from './sentences.ts'

/** A term with the author's sentence that says what it is. `term` is plain words. */
export type KeyTerm = { term: string; sentence: Sentence; emphasized: boolean }

/** "The derivative is the tool that ..." praises, and does not say what it is. */
const NO_KIND =
  '(?!(?:an?|the) (?:\\p{L}+ )?(?:tool|key|reason|way|same|similar|only|first|second|last|next|best|most|least|case|result|answer|heart|goal|idea|question|problem|place|time|lot|good|bad|bit|little|few|number)\\b)'

/** "A loop is a part of ...": the subject of a sentence that says what something is. */
const IS_A = new RegExp(
  `^(?:an? |the )?([^,.:;()]{2,50}?) (?:is|are) ${NO_KIND}(?:(?:an?|the|any|defined (?:as|to be)|what|how)\\b)`,
  'iu',
)
const MEANS = /^(?:an? |the )?([^,.:;()]{2,50}?) (?:means|refers to|denotes|stands for) /i
/** "... is called the workspace": what comes last. */
const CALLED = /\b(?:called|known as|referred to as|termed) (?:an? |the )?([^,.:;()]{2,50}?)[.,;]/i
/** "**Term**: what it is", as glossaries have it. */
const LABELLED = /^([^,.:;()]{2,50}?)\s*[:—–] /

/** A subject with one of these is no term: "There is a way", "One of them is the". */
const NO_TERM =
  /\b(?:it|its|this|that|these|those|they|them|there|here|what|which|who|one|some|many|most|all|both|each|every|another|other|you|your|we|our|i|way|thing|reason|result|answer|idea|goal|aim|problem|difference|example|question|first|second|next|last|following|same|similar|only|if|when|not|also|related|similar|common)\b/i
/** Nor is a clause, or what says where or when. */
const NO_SUBJECT =
  /^(?:because|since|while|although|though|as|for|on|in|at|by|to|with|without|from|of|under|over|after|before|once|until|unless|where|whether|how|why|like|so|than|inside|outside|between|among|during|note|exercise|question)\b|\b(?:an?|the|is|are|was|were|can|may|must|should|will|has|have|whose|where)\b/i

/** "She called this *fixity*.": what it is stands before. */
const NAMES_ANOTHER = /^(?:this|that|these|those|it|them)\b/i

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
  const words = plainText(inlines.map(withoutCode))
  const marked = inlines.flatMap((inline) => (isMarked(inline) ? [plainText(inline.children)] : []))
  const [label] = isMarked(inlines[0]) ? marked : []
  if (label !== undefined && LABELLED.exec(words)?.[1] === label && isTerm(label))
    return { term: label, emphasized: true }
  const candidates = [CALLED, IS_A, MEANS].flatMap((pattern) => pattern.exec(words)?.[1] ?? [])
  for (const candidate of candidates) {
    const emphasized = marked.find((mark) => candidate.endsWith(mark) && isTerm(mark))
    if (emphasized !== undefined && !NAMES_ANOTHER.test(candidate))
      return { term: emphasized, emphasized: true }
    if (isTerm(candidate) && !NO_SUBJECT.test(candidate)) return { term: candidate, emphasized: false }
  }
  return undefined
}

/** A sentence in which a term stands out, as the author wrote it where it does already. */
export function emphasize(sentence: string, term: string): string {
  const inlines = parseInline(sentence)
  if (inlines.some((inline) => isMarked(inline) && plainText(inline.children) === term)) return sentence
  const at = inlines.findIndex((inline) => inline.type === 'text' && inline.text.includes(term))
  const text = inlines[at]
  if (text?.type !== 'text') return sentence
  const [before = ''] = text.text.split(term, 1)
  return serializeInline([
    ...inlines.slice(0, at),
    { type: 'text', text: before },
    { type: 'strong', children: [{ type: 'text', text: term }] },
    { type: 'text', text: text.text.slice(before.length + term.length) },
    ...inlines.slice(at + 1),
  ])
}

/** Code and formulas as what no term holds: one with them in it does not read as one. */
function withoutCode(inline: Inline): Inline {
  if (inline.type === 'code' || inline.type === 'math') return { type: 'text', text: '=' }
  return 'children' in inline ? { ...inline, children: inline.children.map(withoutCode) } : inline
}

function isMarked(inline: Inline | undefined): inline is Extract<Inline, { type: 'strong' | 'emphasis' }> {
  return inline?.type === 'strong' || inline?.type === 'emphasis'
}

/** Words alone. */
function isTerm(words: string): boolean {
  return words.split(' ').length <= MOST_WORDS && /^\p{L}[\p{L}\d '’-]+$/u.test(words) && !NO_TERM.test(words)
}
