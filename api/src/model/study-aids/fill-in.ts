import { type Inline, normalizeInline, parseInline, plainText, serializeInline } from '@lectern/shared'
import nlp from 'compromise/two'
import { carriesMeaning, contentWords } from './content-words.ts'
import { termOf } from './key-terms.ts'

/** A question with its answer, as inline text. */
export type FillIn = { question: string; answer: string }

const GAP = '…'

/**
 * A fill-in question from a sentence: the term that it defines is the gap, else the word of it that matters most in
 * the section (`counts`), from its second word on. Nothing where no word is worth asking for.
 */
export function fillIn(sentence: string, counts: ReadonlyMap<string, number>): FillIn | undefined {
  const inlines = parseInline(sentence)
  const answer = termOf(sentence)?.term ?? gapOf(inlines, counts)
  if (answer === undefined) return undefined
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(answer)}(?![\\p{L}\\p{N}])`, 'giu')
  const asked = inWords(inlines, (words) => words.replace(pattern, GAP))
  const question = serializeInline(normalizeInline(asked))
  const which = answer.includes(' ') ? 'Which words are missing?' : 'Which word is missing?'
  return question.includes(GAP) ? { question: `${which} ${question}`, answer } : undefined
}

/** A word asked for has to come up so often in the section and its headings, or it is one of many that would fit. */
const COMES_UP = 2

/**
 * A noun, since the other words of a sentence can mostly be guessed or be many; none of an enumeration, of which no one
 * can know which is missing.
 */
function gapOf(inlines: readonly Inline[], counts: ReadonlyMap<string, number>): string | undefined {
  const words = inlines.flatMap((inline) =>
    inline.type === 'text' ? (inline.text.replace(DOING, '').match(GAP_WORD) ?? []) : [],
  )
  const parsed = nlp(plainText(inlines))
  const nouns = new Set(
    parsed.match('#Noun').not('#Gerund').not('#Verb').not('#Demonym').terms().out('array').map(lettersOf),
  )
  const weight = (word: string) => counts.get(contentWords(word)[0] ?? '') ?? 0
  return words
    .filter((word) => weight(word) >= COMES_UP && carriesMeaning(word) && nouns.has(word.toLowerCase()))
    .sort((a, b) => weight(b) - weight(a) || b.length - a.length)
    .at(0)
}

/** Behind a word and a blank, not beside "and" or "or"; of a name only its first word, which is none of these. */
const GAP_WORD =
  /(?<=\p{L}['’]?(?<!\b(?:and|or)) )(?!(?<=\p{Lu}\p{Ll}* )\p{Lu})\p{L}{5,}(?![\p{L}\p{N}'’-])(?! (?:and|or)\b)(?!,(?: \p{L}+,?){1,2} (?:and|or)\b)/gu

/** A word in -ing that is done, not named: "when reading", "for reading lines". */
const DOING =
  /(?<=\b(?:for|when|while|by|after|before|without|of|in|on|from|to|is|are|was|were|be|not|and) )\p{L}{1,30}ing\b|\b\p{L}{1,30}ing(?= (?!is|are|was|were|has|had|can|may|must|will|should|does|did)[\p{L}`$])/giu

function lettersOf(term: string): string {
  return term.toLowerCase().replace(/[^\p{L}]+$/u, '')
}

/** Changes the words alone: code and formulas stay as they are. */
function inWords(inlines: readonly Inline[], change: (words: string) => string): Inline[] {
  return inlines.map((inline): Inline => {
    if (inline.type === 'text') return { type: 'text', text: change(inline.text) }
    return 'children' in inline ? { ...inline, children: inWords(inline.children, change) } : inline
  })
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
