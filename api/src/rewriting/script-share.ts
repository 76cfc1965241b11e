import { languageOf } from '@lectern/shared'

/** Fewer letters than this say nothing about a text's language. */
const FEW = 4

/** The share of a text's letters that are of the language's scripts, 0 to 1; 1 where that cannot be told. */
export function scriptShare(text: string, tag: string): number {
  const language = languageOf(tag)
  const letters = text.match(/\p{L}/gu) ?? []
  if (language === undefined || letters.length < FEW) return 1
  const script = new RegExp(`[${language.scripts.map((name) => `\\p{Script=${name}}`).join('')}]`, 'u')
  return letters.filter((letter) => script.test(letter)).length / letters.length
}
