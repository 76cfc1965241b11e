import { type Language, languageOf } from '@lectern/shared'
import { eld } from 'eld/extrasmall'

/** Fewer words tell nothing of their language. */
const FEWEST = 5

/**
 * How far the wanted language may stay behind the likeliest one, by the number of words. Measured with eld 2.1.0 on
 * 60,000 paragraphs of programming handbooks in 13 languages: of text in the wanted language 0.05 % is refused from
 * 15 words on, 0.4 % from 7 and 0.6 % from 5; of text in another one 0.2 %, 4 % and 9 % pass, most of it Spanish for
 * Portuguese. franc-min 6.2 and tinyld 1.3 mistook two to ten times as many of the same texts.
 */
const LEAST_SCORES = [
  { words: 15, share: 0.95 },
  { words: 7, share: 0.9 },
  { words: FEWEST, share: 0.8 },
] as const

/** A text is judged in pieces of so many words: one that changes its language half way is seen to. */
const PIECE = 30

/** Chinese has none of these signs, Japanese prose some in every sentence. */
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu
const MOST_KANA = 0.1
const KANA_FROM = 20

const WORD = /[\p{L}\p{M}]+/gu

/** The words of a text, without numbers and signs. */
export function wordsIn(text: string): string[] {
  return text.match(WORD) ?? []
}

/** Whether these words are enough for {@link isForeign} to tell, or their script alone tells. */
export function tellsLanguage(words: readonly string[], tag: string): boolean {
  const script = languageOf(tag)?.scripts[0]
  if (script !== 'Latin' && script !== 'Arabic') return true
  return inScript(words, script).length >= FEWEST
}

/**
 * Whether these words are clearly of another language than the one of this tag; not where they are too few, or are of
 * a script that only one language of the table has (then the script tells it). Words in other scripts are left out:
 * technical terms that stay as they are.
 */
export function isForeign(words: readonly string[], tag: string): boolean {
  const language = languageOf(tag)
  if (language === undefined) return false
  const [script = ''] = language.scripts
  if (script === 'Han') return isForeignHan(words.join(''), language)
  if (script !== 'Latin' && script !== 'Arabic') return false
  return pieces(inScript(words, script)).some((piece) => isForeignPiece(piece, language))
}

function inScript(words: readonly string[], script: string): string[] {
  const own = new RegExp(`^\\p{Script=${script}}`, 'u')
  return words.filter((word) => own.test(word))
}

function isForeignPiece(words: readonly string[], { detector }: Language): boolean {
  const least = LEAST_SCORES.find((one) => words.length >= one.words)
  if (least === undefined) return false
  const scores = eld.detect(words.join(' ')).getScores()
  const best = Math.max(0, ...Object.values(scores))
  return (scores[detector] ?? 0) < best * least.share
}

/** What is left over belongs to the last piece: alone it may be too short to tell. */
function pieces(words: readonly string[]): string[][] {
  const count = Math.max(1, Math.floor(words.length / PIECE))
  return Array.from({ length: count }, (_, i) =>
    words.slice(i * PIECE, i === count - 1 ? undefined : (i + 1) * PIECE),
  )
}

function isForeignHan(text: string, { scripts }: Language): boolean {
  const kana = text.match(KANA)?.length ?? 0
  if (!scripts.includes('Hiragana')) return kana > text.length * MOST_KANA
  return text.length >= KANA_FROM && kana === 0
}
