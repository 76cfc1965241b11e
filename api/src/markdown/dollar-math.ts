import type { Options } from 'mdast-util-from-markdown'
import { math } from 'micromark-extension-math'

type SyntaxExtension = NonNullable<Options['extensions']>[number]

const DOLLAR = 36

/**
 * Formulas between dollars, but not prices: by Pandoc's rules a closing `$` has no digit after it, and here what
 * begins with a digit does not end with a blank. Without that "$5 or $10" holds the formula "5 or".
 */
export function dollarMath(): SyntaxExtension {
  const extension = math()
  const construct = extension.text?.[DOLLAR]
  if (construct === undefined || Array.isArray(construct)) return extension
  const careful: typeof construct = {
    ...construct,
    tokenize(effects, ok, nok) {
      const end: typeof ok = (code) => {
        const formula = this.events.at(-1)?.[1]
        const isPrice = formula !== undefined && /^\$\d.*\s\$$/s.test(this.sliceSerialize(formula))
        return isPrice || isDigit(code) ? nok(code) : ok(code)
      }
      return construct.tokenize.call(this, effects, end, nok)
    },
  }
  return { ...extension, text: { [DOLLAR]: careful } }
}

function isDigit(code: number | null): boolean {
  return code !== null && code >= 48 && code <= 57
}
