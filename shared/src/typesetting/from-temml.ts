import { isMathAttribute, lookAttribute, type MathLook, type MathName, type MathNode } from './math-node.ts'

/** What the nodes of Temml's tree have: elements, texts and fragments, beside HTML that has no place here. */
type TemmlNode = {
  type?: string
  text?: string
  attributes?: Record<string, unknown>
  classes?: string[]
  style?: Record<string, string | number>
  children?: TemmlNode[] | null
  href?: string
}

/** What Temml's tree says that a formula of this project cannot: its TeX is shown as it is. */
class CannotShow extends Error {}

/**
 * Gives Temml's tree of a formula in the project's own form: of Temml's classes and inline styles, what changes a
 * formula's meaning as looks, without what only shifts it by a hair or colours it.
 * @throws when the tree holds anything else, so that no formula loses a part of its meaning unseen
 */
export function fromTemml(tree: unknown): MathNode {
  const [math] = toNodes(tree as TemmlNode)
  if (typeof math !== 'object') throw new CannotShow('no element')
  // More than one child: parts between which the line may break.
  return math.children.length > 1 ? { ...math, children: math.children.map(withoutText) } : math
}

function toNodes(node: TemmlNode): (MathNode | string)[] {
  const { type, text, attributes, children, href } = node
  if (typeof text === 'string') return [text]
  if (type !== undefined) return [type === 'menclose' ? toEnclosure(node) : toElement(node, type)]
  const isFragment = attributes === undefined && href === undefined && Array.isArray(children)
  if (!isFragment) throw new CannotShow('HTML')
  return childrenOf(node)
}

function toElement(node: TemmlNode, type: string): MathNode {
  const attributes = attributesOf(node, type)
  const looks = [...looksOfClasses(node), ...looksOfStyle(node)]
  if (looks.length > 0) attributes[lookAttribute] = looks.join(' ')
  // Whether the name is on the list is checked with the whole tree.
  const name = type as MathName
  return { name, ...(Object.keys(attributes).length > 0 ? { attributes } : {}), children: childrenOf(node) }
}

/** Behind what it encloses, Temml puts an element for its style sheet to draw in. */
function toEnclosure({ attributes, children }: TemmlNode): MathNode {
  const notation = String(attributes?.notation)
  const looks = looksOfNotations[notation]
  if (looks === undefined) throw new CannotShow(`notation ${notation}`)
  const enclosed = childrenOf({ children: children?.slice(0, 1) ?? [] })
  return { name: 'mrow', attributes: { [lookAttribute]: looks.join(' ') }, children: enclosed }
}

function childrenOf({ children }: TemmlNode): (MathNode | string)[] {
  const joined: (MathNode | string)[] = []
  for (const child of (children ?? []).flatMap(toNodes)) {
    const last = joined.at(-1)
    if (typeof child === 'string' && typeof last === 'string') joined[joined.length - 1] = last + child
    else joined.push(child)
  }
  return joined
}

/** Hints that looks say, too, and what only colours or slants; of `style`, `looksOfStyle` knows what counts. */
const passedOver = new Set(['columnalign', 'linebreak', 'mathcolor', 'rowspacing', 'style'])

function attributesOf({ attributes = {}, children }: TemmlNode, type: string): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(attributes)) {
    if (passedOver.has(name) || (name === 'mathvariant' && value !== 'normal')) continue
    const text = String(value)
    if (!isMathAttribute(name, text)) throw new CannotShow(`${name}=${text}`)
    kept[name] = text
  }
  if (hasFullSizeAccent(children)) {
    if (type === 'mover') kept.accent = 'true'
    if (type === 'munder') kept.accentunder = 'true'
  }
  return kept
}

/** Temml says by a style that an accent is as large as what it stands on; MathML Core has an attribute for it. */
function hasFullSizeAccent(children: TemmlNode['children']): boolean {
  const { style = {} } = children?.at(-1) ?? {}
  return String(style.mathDepth ?? style['math-depth']) === '0'
}

const looksOfNotations: Readonly<Record<string, MathLook[]>> = {
  top: ['over'],
  bottom: ['under'],
  box: ['over', 'under', 'before', 'after'],
  updiagonalstrike: ['up'],
  downdiagonalstrike: ['down'],
  'updiagonalstrike downdiagonalstrike': ['up', 'down'],
  horizontalstrike: ['through'],
}

/** Classes by which Temml's style sheet corrects fonts and distances. */
const cosmeticClass =
  /^(?:tml-(?:(?:sml|med|lrg)-pad|prime|vec|jot|small|(?:hat|tilde)-\d)|(?:chr|wbk)-[a-z-]+|math(?:cal|scr)|special-fraction|)$/

function looksOfClasses({ classes = [] }: TemmlNode): MathLook[] {
  return classes.flatMap((name): MathLook[] => {
    if (name === 'tml-left') return ['left']
    if (name === 'tml-right') return ['right']
    if (cosmeticClass.test(name)) return []
    throw new CannotShow(`class ${name}`)
  })
}

const looksOfStyles: Readonly<Record<string, MathLook[]>> = {
  border: ['over', 'under', 'before', 'after'],
  borderTop: ['over'],
  borderBottom: ['under'],
  borderLeft: ['before'],
  borderRight: ['after'],
}

const cosmeticStyle = /^(?:color|marginLeft|mathDepth|math-depth|padding(?:Top|Bottom|Left|Right)?)$/

function looksOfStyle({ style = {}, attributes }: TemmlNode): MathLook[] {
  const looks = Object.entries(style).flatMap(([name, value]): MathLook[] => {
    const look = looksOfStyles[name]
    if (look !== undefined) return look
    if (name === 'textAlign' && value === 'left') return ['left']
    if (name === 'fontWeight') return ['bold']
    if (cosmeticStyle.test(name)) return []
    throw new CannotShow(`style ${name}`)
  })
  const isTight = [style.paddingLeft, style.paddingRight].every(
    (padding) => Number.parseFloat(`${padding}`) === 0,
  )
  if (isTight) looks.push('tight')
  if (attributes?.style === 'font-weight:bold') looks.push('bold')
  return looks
}

/**
 * A part with its words as identifiers. Text and one operator are to MathML Core one operator, whose distances go
 * around both ("speed= 5").
 */
function withoutText(part: MathNode | string): MathNode | string {
  return typeof part === 'string' ? part : { ...part, children: part.children.map(toIdentifier) }
}

function toIdentifier(node: MathNode | string): MathNode | string {
  if (typeof node === 'string' || node.name !== 'mtext') return node
  const isBlank = node.children.every((child) => typeof child === 'string' && child.trim() === '')
  if (isBlank) return node
  return { ...node, name: 'mi', attributes: { ...node.attributes, mathvariant: 'normal' } }
}
