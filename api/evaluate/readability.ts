import { syllable } from 'syllable'

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * The Flesch-Kincaid grade of English paragraphs, the years of school that they ask for: 0.39 words a sentence + 11.8
 * syllables a word - 15.59 (Kincaid et al., 1975). Nothing for fewer than 30 words, where it says nothing.
 */
export function readingGrade(paragraphs: readonly string[]): number | undefined {
  const texts = paragraphs.filter((text) => /\p{L}/u.test(text))
  const words = texts.flatMap((text) => text.match(/\p{L}[\p{L}'’-]*/gu) ?? [])
  if (words.length < 30) return undefined
  const sentenceCount = texts.reduce((sum, text) => sum + countSentences(text), 0)
  const syllables = words.reduce((sum, word) => sum + syllable(word), 0)
  return 0.39 * (words.length / sentenceCount) + 11.8 * (syllables / words.length) - 15.59
}

function countSentences(text: string): number {
  return [...sentences.segment(text)].filter(({ segment }) => /\p{L}/u.test(segment)).length
}
