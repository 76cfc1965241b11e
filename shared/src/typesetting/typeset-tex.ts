import temml from 'temml'
import { fromTemml } from './from-temml.ts'
import { isMathNode, type MathNode } from './math-node.ts'

/** The longest TeX in characters, and how deep its braces may stand. */
const limits = { length: 1000, braces: 10 } as const

const settings = {
  throwOnError: true,
  trust: false,
  maxExpand: 500,
  /** In em and in points. */
  maxSize: [10, 100] as [number, number],
}

/** Above this many characters, a formula may take more than one line. */
const LONG = 40

/**
 * Commands that no formula needs: definitions; characters by number; \verb, which hides from here what Temml reads;
 * and those that Temml builds twice each, so that 30 of them inside one another take minutes (measured with Temml
 * 0.13.5: \cancelto, \mathllap, \equilibriumLeft and \equilibriumRight).
 */
const refusedCommand =
  /\\(?:[gex]?def|let|futurelet|(?:new|renew|provide)command|global|long|definecolor|@?char|verb|cancelto|(?:math)?llap|equilibrium(?:Left|Right))(?![A-Za-z@])/

/** Of the environments only these: {alignedat} makes as many columns as its argument says, until memory is full. */
const refusedEnvironment =
  /\\begin(?!\{(?:[bBpvV]?matrix|smallmatrix|array|subarray|[dr]?cases|aligned|gathered|split)\})/

/**
 * Typesets inline TeX as MathML; takes a tenth of a millisecond, of 1,000 hostile characters 30. TeX that cannot be
 * read gives nothing, nor does what would be more than a formula (a link, an image, a definition, an attribute) or
 * larger than any.
 */
export function typesetTex(tex: string): MathNode | undefined {
  if (!isPlain(tex)) return undefined
  try {
    const wrap = tex.length > LONG ? 'tex' : 'none'
    const math = fromTemml(temml.__renderToMathMLTree(tex, { ...settings, wrap }))
    return isMathNode(math) && math.children.length > 0 ? math : undefined
  } catch {
    // A ParseError for TeX that is none; for some of it, such as \hat_{x}, a TypeError from within Temml.
    return undefined
  }
}

function isPlain(tex: string): boolean {
  if (tex.length > limits.length || refusedCommand.test(tex) || refusedEnvironment.test(tex)) return false
  const unescaped = tex.replace(/\\[\s\S]/g, '')
  // What follows % is a comment to TeX: of "50% of x" it would show "50".
  return !unescaped.includes('%') && deepestBrace(unescaped) <= limits.braces
}

function deepestBrace(unescaped: string): number {
  let depth = 0
  let deepest = 0
  for (const character of unescaped) {
    if (character === '{') deepest = Math.max(deepest, ++depth)
    else if (character === '}') depth--
  }
  return deepest
}
