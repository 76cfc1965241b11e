import { contentWords, wordCounts } from './content-words.ts'
import { termOf } from './key-terms.ts'
import type { Sentence } from './sentences.ts'

/** Two sentences that share more of their words say the same. */
const MOST_SHARED = 0.5

/**
 * Sentences by how much they say of a section, most first: the mean frequency of their content words in it (SumBasic,
 * Nenkova and Vanderwende 2005), words of the headings counting twice, more for one that opens its block or defines a
 * term. A tie goes to the earlier one.
 */
export function rankSentences(sentences: readonly Sentence[], headings: readonly string[]): Sentence[] {
  const counts = wordCounts(sentences.map(({ text }) => text))
  const titled = new Set(headings.flatMap(contentWords))
  const weight = (word: string) => (counts.get(word) ?? 0) * (titled.has(word) ? 2 : 1)
  const scored = sentences.map((sentence) => {
    const words = [...new Set(contentWords(sentence.text))]
    const mean = words.reduce((sum, word) => sum + weight(word), 0) / Math.max(words.length, 4)
    const bonus = (sentence.opensBlock ? 1.25 : 1) * (termOf(sentence.text) === undefined ? 1 : 1.25)
    return { sentence, score: mean * bonus }
  })
  return scored.sort((a, b) => b.score - a.score).map(({ sentence }) => sentence)
}

/** So many of the sentences that say most, none of them twice, in the author's order. */
export function summarize(
  sentences: readonly Sentence[],
  headings: readonly string[],
  most: number,
): Sentence[] {
  const chosen: Sentence[] = []
  for (const sentence of rankSentences(sentences, headings)) {
    if (chosen.length === most) break
    if (!chosen.some((other) => shareOfWords(sentence, other) > MOST_SHARED)) chosen.push(sentence)
  }
  return sentences.filter((sentence) => chosen.includes(sentence))
}

function shareOfWords(a: Sentence, b: Sentence): number {
  const [words, others] = [new Set(contentWords(a.text)), new Set(contentWords(b.text))]
  const smaller = Math.min(words.size, others.size)
  return smaller === 0 ? 0 : [...words].filter((word) => others.has(word)).length / smaller
}
