import { pictureCopy } from './picture-copy.ts'
import {
  createPlaceholder,
  isLiveCustomElement,
  type PlaceholderOptions,
  placeholderKind,
} from './placeholder.ts'

/** A copy of a lesson's DOM in which nothing runs, and the way from each node of the page to its copy and back. */
export type CloneTree = {
  root: Element
  /** The copy of a node of the lesson; of one that is not live in the clone, what stands for it. */
  copyOf(original: Node): Node | undefined
  /** The node of the page that one of the clone was copied from. */
  originalOf(copy: Node): Node | undefined
  /** Copies a node that came into the lesson later; to be put where it belongs. */
  copyLate(original: Node): Node
  /** Says that a node of the clone was copied once more: alone, or with all that is below it. */
  noteCopy(again: Node, copy: Node): void
}

/** Elements that act by being in the document. The original of each still does its work while it is hidden. */
const acting = new Set(['script', 'style', 'link', 'meta', 'base'])

/**
 * Copies the lesson node by node rather than by one deep `cloneNode`, which would already load a video and
 * construct custom elements. The walk is a loop: pages of depth 10,000 overflow the stack of a recursion.
 */
export function cloneTree(original: Element, options: PlaceholderOptions): CloneTree {
  const copies = new Map<Node, Node>()
  const originals = new Map<Node, Node>()

  function copyAll(top: Node, copied: Copied): Node {
    const made = new Map<Node, Node>([[top, copied.copy]])
    const open = copied.inside ? [{ from: top, to: copied.copy }] : []
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      for (const child of pair.from.childNodes) {
        const { copy, inside } = copyNode(child, options)
        made.set(child, copy)
        pair.to.appendChild(copy)
        if (inside) open.push({ from: child, to: copy })
      }
    }
    copyState(made)
    for (const [from, to] of made) {
      copies.set(from, to)
      originals.set(to, from)
    }
    return copied.copy
  }

  function noteCopy(again: Node, copy: Node): void {
    const open = [{ again, copy }]
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      const original = originals.get(pair.copy)
      if (original !== undefined) originals.set(pair.again, original)
      for (const [i, child] of [...pair.again.childNodes].entries())
        open.push({ again: child, copy: pair.copy.childNodes[i] as Node })
    }
  }

  const root = copyAll(original, { copy: plainCopy(original), inside: true }) as Element
  return {
    root,
    copyOf: (node) => copies.get(node),
    originalOf: (node) => originals.get(node),
    copyLate: (node) => copyAll(node, copyNode(node, options)),
    noteCopy,
  }
}

/** How the attributes begin by which a clone's own elements, and what became of its blocks, are known. */
export const OWN_MARK = 'data-lectern-'

type Copied = { copy: Node; inside: boolean }

function copyNode(node: Node, options: PlaceholderOptions): Copied {
  if (node.nodeType !== node.ELEMENT_NODE) return { copy: node.cloneNode(false), inside: false }
  const element = node as Element
  if (acting.has(element.localName)) return { copy: standInFor(element), inside: false }
  const picture = pictureCopy(element)
  if (picture !== undefined) return { copy: picture, inside: false }
  const kind = placeholderKind(element)
  if (kind !== undefined) return { copy: createPlaceholder(element, kind, options), inside: false }
  if (isLiveCustomElement(element)) return { copy: inertCopy(element), inside: true }
  return { copy: plainCopy(element), inside: true }
}

/** A page may carry the marks by which what is ours is known; in the clone they are ours alone. */
function plainCopy(element: Element): Element {
  const copy = element.cloneNode(false) as Element
  copy.removeAttribute('autofocus')
  for (const name of copy.getAttributeNames()) if (name.startsWith(OWN_MARK)) copy.removeAttribute(name)
  return copy
}

/** Something invisible that counts where the page's style sheet counts children. */
function standInFor({ ownerDocument, namespaceURI }: Element): Element {
  const isSvg = namespaceURI?.endsWith('/svg') ?? false
  return isSvg ? ownerDocument.createElementNS(namespaceURI, 'defs') : ownerDocument.createElement('template')
}

/** A plain element with the look of a custom one whose children hold words of the lesson. */
function inertCopy(element: Element): Element {
  const display = element.ownerDocument.defaultView?.getComputedStyle(element).display ?? 'block'
  const copy = element.ownerDocument.createElement(display.startsWith('inline') ? 'span' : 'div')
  for (const { name, value } of element.attributes)
    if (name !== 'style' && !name.startsWith(OWN_MARK)) copy.setAttribute(name, value)
  const { style } = element as HTMLElement
  for (const property of style)
    copy.style.setProperty(property, style.getPropertyValue(property), style.getPropertyPriority(property))
  if (display !== 'none' && display !== '') copy.style.setProperty('display', display)
  return copy
}

/** What a learner entered and chose is state of the elements and in no attribute; some browsers copy part of it. */
function copyState(copies: ReadonlyMap<Node, Node>): void {
  for (const [from, to] of copies) {
    switch ((from as Element).localName) {
      case 'input':
        copyInput(from as HTMLInputElement, to as HTMLInputElement)
        break
      case 'textarea':
        copyValue(from as HTMLTextAreaElement, to as HTMLTextAreaElement)
        break
      case 'select':
        copySelection(from as HTMLSelectElement, to as HTMLSelectElement)
        break
    }
  }
}

function copyInput(from: HTMLInputElement, to: HTMLInputElement): void {
  if (from.type !== 'file') copyValue(from, to)
  if (to.checked !== from.checked) to.checked = from.checked
  to.indeterminate = from.indeterminate
}

function copyValue(from: { value: string }, to: { value: string }): void {
  if (to.value !== from.value) to.value = from.value
}

function copySelection(from: HTMLSelectElement, to: HTMLSelectElement): void {
  for (const [i, option] of [...from.options].entries()) {
    const copy = to.options[i]
    if (copy !== undefined) copy.selected = option.selected
  }
}
