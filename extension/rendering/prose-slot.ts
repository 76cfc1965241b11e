import type { ExtractedProse } from '../extraction/extracted-lesson.ts'
import { type AuthorElements, authorElements, copiedElements, namedElements } from './author-elements.ts'
import { isBlank } from './is-blank.ts'
import { StrayFurniture } from './stray-furniture.ts'

type CopyOf = (original: Node) => Node | undefined

/**
 * The place of one prose block in the clone: whose words can be replaced and given back. Furniture and blanks at
 * the edges of the run stay where they are.
 */
export class ProseSlot {
  readonly author: AuthorElements
  /** The parent of the run; undefined when the page lost the block before it was copied. */
  readonly parent: Element | undefined
  /** That parent, where it holds this block and nothing else. */
  readonly element: Element | undefined
  #enclosure: HTMLElement | undefined
  readonly #words: ChildNode[]
  readonly #lastOfRun: ChildNode | undefined
  readonly #strays: StrayFurniture
  #shown: ChildNode[]

  /** @param run the nodes of its run in the clone */
  constructor(prose: ExtractedProse, run: ChildNode[], copyOf: CopyOf) {
    this.author = authorElements(prose, copyOf)
    this.#words = wordNodes(run, this.author)
    this.#shown = this.#words
    this.#strays = new StrayFurniture(this.#words, this.author)
    this.#lastOfRun = run.at(-1)
    this.parent = run[0]?.parentElement ?? undefined
    this.element = this.parent !== undefined && holdsOnly(this.parent, run) ? this.parent : undefined
  }

  get first(): ChildNode | undefined {
    return this.#shown[0]
  }

  /** The node after which something can follow the block. */
  get last(): ChildNode | undefined {
    const last = this.#lastOfRun
    if (last === undefined || !this.#words.includes(last)) return last
    return this.#enclosure ?? this.#shown.at(-1)
  }

  /** The element of our own around the words, if there is one. */
  get enclosure(): HTMLElement | undefined {
    return this.#enclosure
  }

  /** Where the block stands in the viewport. */
  get box(): DOMRect | undefined {
    if (this.element !== undefined) return this.element.getBoundingClientRect()
    const [first] = this.#shown
    const last = this.#shown.at(-1)
    const range = first?.ownerDocument?.createRange()
    if (range === undefined || first === undefined || last === undefined) return undefined
    range.setStartBefore(first)
    range.setEndAfter(last)
    return range.getBoundingClientRect()
  }

  /** The words that it shows, in one line. */
  get text(): string {
    const text = this.#shown.map((node) => node.textContent ?? '').join('')
    return text.replace(/\s+/g, ' ').trim()
  }

  /** Whether a node stands in the block. */
  holds(node: Node): boolean {
    return this.element?.contains(node) ?? this.#shown.some((shown) => shown.contains(node))
  }

  /** Puts the words into an element of our own, where their parent is not theirs alone; returns it. */
  enclose(): HTMLElement {
    if (this.#enclosure !== undefined) return this.#enclosure
    const enclosure = (this.parent as Element).ownerDocument.createElement('span')
    this.first?.before(enclosure)
    enclosure.append(...this.#shown)
    this.#enclosure = enclosure
    return enclosure
  }

  /** Shows these nodes in place of the block's words. */
  write(nodes: readonly Node[]): void {
    const document = this.first?.ownerDocument
    if (document === undefined || document === null || nodes.length === 0) return
    const { before, after } = outerBlanks(this.#words, this.author)
    const blanks = (text: string) => (text === '' ? [] : [document.createTextNode(text)])
    const content = this.#strays.among(nodes as ChildNode[])
    const anchors = lostAnchors(this.#words, content, document)
    this.#replace([...blanks(before), ...anchors, ...content, ...blanks(after)])
  }

  /** Shows the author's words again. */
  restore(): void {
    if (this.#shown !== this.#words) this.#replace(this.#words)
  }

  #replace(nodes: ChildNode[]): void {
    this.first?.before(...nodes)
    for (const node of this.#shown) if (!nodes.includes(node)) node.remove()
    this.#shown = nodes
  }
}

/** The nodes that hold the words: without the edges, and inside a wrapper that holds all of them. */
function wordNodes(run: ChildNode[], author: AuthorElements): ChildNode[] {
  const named = namedElements(author)
  let words = withoutEdges(run, author)
  for (;;) {
    const [only] = words
    if (only === undefined || words.length > 1 || named.has(only as Element)) return words
    const inner = withoutEdges([...only.childNodes], author)
    if (inner.length === 0) return words
    words = inner
  }
}

function withoutEdges(nodes: ChildNode[], { furniture }: AuthorElements): ChildNode[] {
  const isWord = (node: ChildNode) => !isBlank(node) && !furniture.has(node as Element)
  const first = nodes.findIndex(isWord)
  return first === -1 ? [] : nodes.slice(first, nodes.findLastIndex(isWord) + 1)
}

function holdsOnly(parent: Element, run: ChildNode[]): boolean {
  const inRun = new Set(run)
  return [...parent.childNodes].every((node) => isBlank(node) || inRun.has(node))
}

/**
 * The blanks that the author's words begin and end with, no-break spaces too: also those at the edges of links and
 * emphases, which a rewrite's do not have. What is copied whole brings its own.
 */
function outerBlanks(words: ChildNode[], author: AuthorElements): { before: string; after: string } {
  const copied = copiedElements(author)
  const textAt = (node: Node | null | undefined, edge: 'firstChild' | 'lastChild'): string => {
    if (!node) return ''
    if (node.nodeType === node.TEXT_NODE) return node.nodeValue ?? ''
    return copied.has(node as Element) ? '' : textAt(node[edge], edge)
  }
  const [first, last] = [textAt(words[0], 'firstChild'), textAt(words.at(-1), 'lastChild')]
  return {
    before: first.slice(0, first.length - first.trimStart().length),
    after: last.slice(last.trimEnd().length),
  }
}

/** Empty anchors for the ids that the new nodes lost, so that the page's `#links` still find their place. */
function lostAnchors(words: readonly Node[], nodes: readonly Node[], document: Document): ChildNode[] {
  const kept = new Set(idsIn(nodes))
  return idsIn(words)
    .filter((id) => !kept.has(id))
    .map((id) => {
      const anchor = document.createElement('span')
      anchor.id = id
      return anchor
    })
}

function idsIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.nodeType !== node.ELEMENT_NODE) return []
    const element = node as Element
    return [element, ...element.querySelectorAll('[id]')].flatMap((one) => one.getAttribute('id') || [])
  })
}
