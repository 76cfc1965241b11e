/** A MathML element as plain data: what a typeset formula is until a page's document builds it. */
export type MathNode = {
  name: MathName
  attributes?: Record<string, string>
  children: (MathNode | string)[]
}

/**
 * The elements of a formula. Not among them: `maction`, `semantics` and its annotations (which hold HTML) and
 * `menclose`, which MathML Core has not and Chromium does not draw.
 */
export const mathNames = [
  'math',
  'mfrac',
  'mi',
  'mmultiscripts',
  'mn',
  'mo',
  'mover',
  'mpadded',
  'mphantom',
  'mprescripts',
  'mroot',
  'mrow',
  'mspace',
  'msqrt',
  'mstyle',
  'msub',
  'msubsup',
  'msup',
  'mtable',
  'mtd',
  'mtext',
  'mtr',
  'munder',
  'munderover',
  'none',
] as const
export type MathName = (typeof mathNames)[number]

/**
 * What a style sheet draws, as MathML Core has no attribute for it: lines at the edges of an element, strikes
 * through it, the alignment and narrowness of a table's cell, and weight.
 */
export const mathLooks = [
  'over',
  'under',
  'before',
  'after',
  'up',
  'down',
  'through',
  'left',
  'right',
  'tight',
  'bold',
] as const
export type MathLook = (typeof mathLooks)[number]

/** The attribute that holds the looks of an element, parted by blanks. */
export const lookAttribute = 'data-lectern-look'

const yesOrNo = /^(?:true|false)$/
/** Below 100 of its unit: what Temml's `maxSize` lets through. */
const length = /^[+-]?\d{0,2}(?:\.\d{1,6})?(?:em|ex|pt|px|cm|mm|%)?$/

/** The attributes of a formula's elements, with their values. No URL, style, class, id or handler is among them. */
const attributeValues: Readonly<Record<string, RegExp>> = {
  accent: yesOrNo,
  accentunder: yesOrNo,
  depth: length,
  displaystyle: yesOrNo,
  fence: yesOrNo,
  form: /^(?:prefix|infix|postfix)$/,
  height: length,
  largeop: yesOrNo,
  linethickness: length,
  lspace: length,
  mathsize: length,
  mathvariant: /^normal$/,
  maxsize: length,
  minsize: length,
  movablelimits: yesOrNo,
  rspace: length,
  scriptlevel: /^[+-]?[0-2]$/,
  separator: yesOrNo,
  stretchy: yesOrNo,
  symmetric: yesOrNo,
  voffset: length,
  width: length,
  [lookAttribute]: new RegExp(`^(?:(?:${mathLooks.join('|')})(?: (?!$)|$))+$`),
}

/** The most elements and texts of a formula, and how deep they may stand: many times what real ones need. */
const mathLimits = { nodes: 2000, depth: 40 } as const

const names: ReadonlySet<unknown> = new Set(mathNames)

/** Whether a value is a whole formula: a `math` element of the closed lists of this file, bounded in size. */
export function isMathNode(value: unknown): value is MathNode {
  if (!isNode(value) || value.name !== 'math') return false
  const open: { node: MathNode; depth: number }[] = [{ node: value, depth: 1 }]
  let count = 1
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next
    count += node.children.length
    if (count > mathLimits.nodes || depth > mathLimits.depth) return false
    for (const child of node.children) {
      if (typeof child === 'string') continue
      if (!isNode(child) || child.name === 'math') return false
      open.push({ node: child, depth: depth + 1 })
    }
  }
  return true
}

/** Whether a value is an element of the lists, whatever its children are. */
function isNode(value: unknown): value is MathNode {
  if (typeof value !== 'object' || value === null) return false
  const { name, attributes = {}, children } = value as Record<string, unknown>
  if (!names.has(name) || !Array.isArray(children)) return false
  if (typeof attributes !== 'object' || attributes === null) return false
  return Object.entries(attributes).every(([key, text]) => isMathAttribute(key, text))
}

/** Whether an attribute is one of the list and its value one that it may have. */
export function isMathAttribute(name: string, value: unknown): boolean {
  const values = Object.hasOwn(attributeValues, name) ? attributeValues[name] : undefined
  return values !== undefined && typeof value === 'string' && values.test(value)
}
