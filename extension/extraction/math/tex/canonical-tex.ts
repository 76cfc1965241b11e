import { printRow } from './print-tex.ts'
import { readTex } from './read-tex.ts'
import { tidy } from './tidy-tex.ts'

/**
 * One spelling for each formula, of the many that TeX has: without sizes, thin spaces, numbers and needless braces,
 * with one name for each symbol and environment. MathJax 3 leaves a formula's MathML in the page and not its TeX;
 * so that a lesson's text is the same before and after it ran, both are written like this. What cannot be read
 * stays as it is.
 */
export function canonicalTex(tex: string): string {
  const row = readTex(tex)
  if (row === undefined) return tex
  return printRow(tidy(row)).replace(/ +/g, ' ').replaceAll('\\quad\\quad', '\\qquad').trim()
}
