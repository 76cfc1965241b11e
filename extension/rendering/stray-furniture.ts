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
    // From the end: what is put in leaves the places before it as they were.
    return this.#strays.toReversed().reduce(
      (content, stray) => {
        if (length === this.#length) return insert(content, stray, stray.at, true)
        return insert(content, stray, Math.round((stray.at / Math.max(this.#length, 1)) * length), false)
      },
      [...nodes],
    )
  }
}

function insert(nodes: ChildNode[], stray: Stray, at: number, isExact: boolean): ChildNode[] {
  const copy = stray.element.cloneNode(true) as ChildNode
  if (at === 0) return [copy, ...nodes]
  let passed = 0
  const index = nodes.findIndex((node) => {
    passed += lengthOf(node.textContent ?? '')
    return passed >= at
  })
  const node = nodes[index]
  if (node === undefined) return [...nodes, copy]
  const rest = nodes.slice(index + 1)
  if (node.nodeType !== node.TEXT_NODE) return [...nodes.slice(0, index), node, copy, ...rest]
  const text = node.nodeValue ?? ''
  const from = passed - lengthOf(text)
  const end = endOf(text, at - from)
  const cut = isExact ? end : end + (/^\S*/.exec(text.slice(end))?.[0].length ?? 0)
  const wasBlank = /^\s/.test(text.slice(cut))
  const textNode = (words: string) =>
    words === '' ? [] : [(node.ownerDocument as Document).createTextNode(words)]
  return [
    ...nodes.slice(0, index),
    ...textNode(text.slice(0, cut) + (stray.blankBefore ? ' ' : '')),
    copy,
    ...textNode(
      (stray.blankAfter || (wasBlank && !stray.blankBefore) ? ' ' : '') + text.slice(cut).trimStart(),
    ),
    ...rest,
  ]
}

/** How many characters a reader sees, blanks apart. */
function lengthOf(text: string): number {
  return visibleText(text).replace(/\s+/g, '').length
}

/** Where in a text its so many characters other than blanks end. */
function endOf(text: string, count: number): number {
  let seen = 0
  let at = 0
  while (at < text.length && seen < count) if (/\S/.test(text[at++] ?? '')) seen++
  return at
}
