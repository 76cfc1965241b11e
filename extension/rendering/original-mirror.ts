import { type ExtractedLesson, isExtractedProse } from '../extraction/extracted-lesson.ts'
import { type CloneTree, OWN_MARK } from './clone-tree.ts'
import { isLiveCustomElement } from './placeholder.ts'
import { runNodes } from './run-copies.ts'
import { renameSharedNames } from './shared-names.ts'

/** Attributes whose values in the clone are its own. */
const ownAttributes = new Set(['id', 'name', 'form', 'lang', 'dir', 'autofocus'])

function isOwn(attribute: string): boolean {
  return ownAttributes.has(attribute) || attribute.startsWith(OWN_MARK)
}

/**
 * Brings into a clone what the page's scripts change in the original: which panel is open, that code was copied,
 * what a program printed. The words of prose blocks stay the clone's.
 */
export class OriginalMirror {
  readonly #root: Element
  readonly #tree: CloneTree
  readonly #observer: MutationObserver
  readonly #fixed = new Set<Node>()
  readonly #runs = new Set<Node>()
  readonly #runParents = new Set<Node>()
  #isFollowing = true

  constructor({ root, blocks }: ExtractedLesson, tree: CloneTree) {
    this.#root = root
    this.#tree = tree
    for (const block of blocks) {
      if (!isExtractedProse(block)) this.#fixed.add(block.element)
      else {
        this.#runParents.add(block.run.parent)
        for (const node of runNodes(block)) this.#runs.add(node)
      }
    }
    const view = root.ownerDocument.defaultView as Window & typeof globalThis
    this.#observer = new view.MutationObserver((changes) => this.#take(changes))
    const everything = { attributes: true, childList: true, characterData: true, subtree: true }
    this.#observer.observe(root, everything)
  }

  /** From now on takes changes over, or lets them pass. */
  follow(isFollowing: boolean): void {
    this.#take(this.#observer.takeRecords())
    this.#isFollowing = isFollowing
  }

  close(): void {
    this.#observer.disconnect()
  }

  #take(changes: MutationRecord[]): void {
    if (!this.#isFollowing) return
    const parents = new Set(changes.filter(({ type }) => type === 'childList').map(({ target }) => target))
    for (const parent of parents) this.#takeChildren(parent)
    for (const { type, target, attributeName } of changes) {
      if (type === 'attributes') this.#takeAttribute(target as Element, attributeName ?? '')
      else if (type === 'characterData') this.#takeText(target)
    }
  }

  #takeChildren(parent: Node): void {
    const copy = this.#tree.copyOf(parent)
    if (copy === undefined || isStandIn(copy) || this.#runParents.has(parent) || this.#isProse(parent)) return
    const wanted = [...parent.childNodes].map((child) => this.#tree.copyOf(child) ?? this.#copyLate(child))
    for (const child of [...copy.childNodes]) {
      const original = this.#tree.originalOf(child)
      if (original !== undefined && original.parentNode !== parent) child.remove()
    }
    const known = new Set<Node>(wanted)
    let next: Node | null = null
    for (const child of wanted.reverse()) {
      if (child.parentNode !== copy || nextKnown(child, known) !== next) copy.insertBefore(child, next)
      next = child
    }
  }

  #copyLate(original: Node): Node {
    const copy = this.#tree.copyLate(original)
    if (copy.nodeType === copy.ELEMENT_NODE) renameSharedNames(copy as Element)
    return copy
  }

  #takeAttribute(original: Element, name: string): void {
    const copy = this.#tree.copyOf(original) as Element | undefined
    if (copy === undefined || original === this.#root || isStandIn(copy) || isOwn(name)) return
    if (name === 'style') return takeStyle(original as HTMLElement, copy as HTMLElement)
    const value = original.getAttribute(name)
    if (value === null) copy.removeAttribute(name)
    else copy.setAttribute(name, value)
  }

  #takeText(original: Node): void {
    const copy = this.#tree.copyOf(original)
    if (copy !== undefined && !this.#isProse(original)) copy.nodeValue = original.nodeValue
  }

  /** Whether a node is in the words of a prose block, rather than in a fixed block among them. */
  #isProse(node: Node): boolean {
    for (let at: Node | null = node; at !== null && at !== this.#root; at = at.parentNode) {
      if (this.#fixed.has(at)) return false
      if (this.#runs.has(at)) return true
    }
    return false
  }
}

/** The next sibling that is copied from the page: additions and folds stand between. */
function nextKnown(child: Node, known: ReadonlySet<Node>): Node | null {
  let next = child.nextSibling
  while (next !== null && !known.has(next)) next = next.nextSibling
  return next
}

/** The style as declarations: a page's policy may refuse the attribute. */
function takeStyle(original: HTMLElement, copy: HTMLElement): void {
  if (!isLiveCustomElement(original)) copy.style.cssText = original.style.cssText
}

function isStandIn(copy: Node): boolean {
  const element = copy as Element
  return element.localName === 'template' || element.hasAttribute?.('data-lectern-placeholder')
}
