const delimiters = [
  ['\\(', '\\)'],
  ['$', '$'],
  ['\\[', '\\]'],
  ['$$', '$$'],
] as const

/**
 * A formula as the author's own text has it, delimiters and all: on a page whose typesetter did not run, a formula
 * is no element but part of the words.
 * @param words the author's text, white space folded
 */
export function rawFormula(tex: string, words: string): string | undefined {
  for (const [open, close] of delimiters)
    for (const blank of ['', ' ']) {
      const raw = open + blank + tex + blank + close
      if (words.includes(raw)) return raw
    }
  return undefined
}
