import { visibleText } from '@lectern/shared'
import { type AuthorElements, namedElements } from './author-elements.ts'

/** An element in the midst of a block's words that belongs to none of them, and where it stands among them. */
type Stray = {
  element: Element
  /** How many characters other than blanks stand before it. */
  at: number
  blankBefore: boolean
  blankAfter: boolean
}

/** The furniture in the midst of a block's words, as the author has it. */
export class StrayFurniture {
  readonly #strays: Stray[] = []
  #length = 0

  constructor(words: readonly Node[], author: AuthorElements) {
    if (author.furniture.size === 0) return
    const named = namedElements(author)
    let blank = false
    const visit = (node: Node) => {
      const element = node as Element
      if (author.furniture.has(element))
        this.#strays.push({ element, at: this.#length, blankBefore: blank, blankAfter: false })
      else if (node.nodeType === node.ELEMENT_NODE && !named.has(element))
        for (const child of node.childNodes) visit(child)
      else if (node.nodeType !== node.COMMENT_NODE) {
        const text = node.textContent ?? ''
        const last = this.#strays.at(-1)
        if (last?.at === this.#length && /^\s/.test(text)) last.blankAfter = true
        this.#length += lengthOf(text)
        if (text !== '') blank = /\s$/.test(text)
      }
    }
    for (const node of words) visit(node)
  }

  /** The nodes of other words with copies of the furniture at the same share of them, never within a word. */
  among(nodes: readonly ChildNode[]): ChildNode[] {
    if (this.#strays.length === 0) return [...nodes]
    const length = nodes.reduce((sum, node) => sum + lengthOf(node.textContent ?? ''), 0)
    const isExact = length === this.#length
    const share = length / Math.max(this.#length, 1)
    const left = this.#strays.map((stray) => ({
      ...stray,
      at: isExact ? stray.at : Math.round(stray.at * share),
    }))
    const content: ChildNode[] = takeUpTo(left, 0).map(copyOf)
    let passed = 0
    for (const node of nodes) {
      const from = passed
      passed += lengthOf(node.textContent ?? '')
      const strays = takeUpTo(left, passed)
      if (node.nodeType !== node.TEXT_NODE) content.push(node, ...strays.map(copyOf))
      else if (strays.length === 0) content.push(node)
      else content.push(...cutText(node, from, strays, isExact))
    }
    return [...content, ...left.map(copyOf)]
  }
}

/** Takes away those that stand behind at most so many characters; all are in order. */
function takeUpTo(strays: Stray[], passed: number): Stray[] {
  const first = strays.findIndex(({ at }) => at > passed)
  return strays.splice(0, first === -1 ? strays.length : first)
}

function copyOf({ element }: Stray): ChildNode {
  return element.cloneNode(true) as ChildNode
}

/** A text's pieces with the furniture that stands in it; `from` characters stand before it. */
function cutText(node: ChildNode, from: number, strays: readonly Stray[], isExact: boolean): ChildNode[] {
  const text = node.nodeValue ?? ''
  const pieces: ChildNode[] = []
  const add = (words: string) => {
    if (words !== '') pieces.push((node.ownerDocument as Document).createTextNode(words))
  }
  let [seen, end, cut] = [from, 0, 0]
  let before: Stray | undefined
  const addUpTo = (until: number, after?: Stray) => {
    const words = text.slice(cut, until) + (after?.blankBefore ? ' ' : '')
    if (before === undefined) return add(words)
    const isBlank = before.blankAfter || (/^\s/.test(words) && !before.blankBefore)
    add((isBlank ? ' ' : '') + words.trimStart())
  }
  for (const stray of strays) {
    while (end < text.length && seen < stray.at) if (/\S/.test(text[end++] ?? '')) seen++
    let until = Math.max(end, cut)
    if (!isExact) while (/\S/.test(text[until] ?? '')) until++
    addUpTo(until, stray)
    pieces.push(copyOf(stray))
    ;[before, cut] = [stray, until]
  }
  addUpTo(text.length)
  return pieces
}

/** How many characters a reader sees, blanks apart. */
function lengthOf(text: string): number {
  return visibleText(text).replace(/\s+/g, '').length
}
