import temml from 'temml'
import { fromTemml } from './from-temml.ts'
import { isMathNode, type MathNode } from './math-node.ts'

const limits = { length: 1000, braces: 10 } as const

const settings = {
  throwOnError: true,
  trust: false,
  maxExpand: 500,
  /** In em and in points. */
  maxSize: [10, 100] as [number, number],
}

/** From this many characters on, a formula may take more than one line. */
const LONG = 40

/**
 * Commands that nothing good needs: definitions; characters by number; `\verb` and bare `%`, which hide from here
 * what Temml reads; and those that Temml builds twice each, so that 30 of them inside one another take minutes
 * (measured with Temml 0.13.5: \cancelto, \mathllap, \equilibriumLeft and \equilibriumRight).
 */
const refusedCommand =
  /\\(?:[gex]?def|let|futurelet|(?:new|renew|provide)command|global|long|definecolor|@?char|verb|cancelto|(?:math)?llap|equilibrium(?:Left|Right))(?![a-z@])|(?<!\\)%/i

/** Of the environments only these: {alignedat} makes as many columns as its argument says, until memory is full. */
const refusedEnvironment =
  /\\begin(?!\{(?:[bBpvV]?matrix|smallmatrix|array|subarray|[dr]?cases|aligned|gathered|split)\})/

/**
 * Typesets inline TeX as MathML. TeX that cannot be read, or that would be more than a formula (a link, an image, a
 * definition, an attribute of HTML) or a boundless one, gives nothing. Takes well below a millisecond for most.
 */
export function typesetTex(tex: string): MathNode | undefined {
  if (tex.length > limits.length || deepestBrace(tex) > limits.braces) return undefined
  if (refusedCommand.test(tex) || refusedEnvironment.test(tex)) return undefined
  try {
    const wrap = tex.length > LONG ? 'tex' : 'none'
    const math = fromTemml(temml.__renderToMathMLTree(tex, { ...settings, wrap }))
    return isMathNode(math) && math.children.length > 0 ? math : undefined
  } catch {
    // A ParseError for TeX that is none; for some of it, such as \hat_{x}, a TypeError from within Temml.
    return undefined
  }
}

function deepestBrace(tex: string): number {
  let depth = 0
  let deepest = 0
  for (const [token] of tex.matchAll(/\\[\s\S]|[{}]/g)) {
    if (token === '{') deepest = Math.max(deepest, ++depth)
    else if (token === '}') depth--
  }
  return deepest
}
