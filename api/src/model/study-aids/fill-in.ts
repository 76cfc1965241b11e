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
  const pattern = new RegExp(`(?<!\\p{L})${escapeRegExp(answer)}(?!\\p{L})`, 'giu')
  const asked = inWords(inlines, (words) => words.replace(pattern, GAP))
  const question = serializeInline(normalizeInline(asked))
  const which = answer.includes(' ') ? 'Which words are missing?' : 'Which word is missing?'
  return question.includes(GAP) ? { question: `${which} ${question}`, answer } : undefined
}

/** A noun, since the other words of a sentence can mostly be guessed or be many. */
function gapOf(inlines: readonly Inline[], counts: ReadonlyMap<string, number>): string | undefined {
  const words = inlines.flatMap((inline) =>
    inline.type === 'text' ? (inline.text.match(/(?<=[^\p{L}])\p{L}{5,}(?![\p{L}'’-])/gu) ?? []) : [],
  )
  const nouns = new Set(nlp(plainText(inlines)).match('#Noun').terms().out('array').map(lettersOf))
  const weight = (word: string) => counts.get(contentWords(word)[0] ?? '') ?? 0
  return words
    .filter((word) => carriesMeaning(word) && nouns.has(word.toLowerCase()))
    .sort((a, b) => weight(b) - weight(a) || b.length - a.length)
    .at(0)
}

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
