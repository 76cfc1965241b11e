import { adoptStyles } from './adopt-styles.ts'
import type { CloneTree } from './clone-tree.ts'
import { lessonStyles } from './lesson-styles.ts'
import { type AnchorPair, keepingScroll } from './scroll-anchor.ts'
import { scrolledElements } from './scrolled-elements.ts'

/** The attribute that hides the original while the clone is shown: the only change ever made to it. */
const HIDDEN = 'data-lectern-hidden'

/**
 * How it is hidden. Without a box; or, once the clone has handed an event to it, unseen beside the clone: a script
 * that opens a panel measures it, and waits for the end of a transition. Only what has a visible box takes the focus.
 */
type Hiding = '' | 'laid-out' | 'acting'

/**
 * Puts a lesson's clone in the place of the original and takes it out again. The clone comes first in the document,
 * so `#id` finds its elements.
 */
export class OriginalSwap {
  readonly #original: Element
  readonly #clone: CloneTree
  readonly #pairs: readonly { original: Element; copy: Element }[]
  #dropStyles: (() => void) | undefined
  #dropWidth: (() => void) | undefined
  /** How far the original was scrolled when it was hidden. */
  #scrolled: number | undefined

  constructor(original: Element, clone: CloneTree, pairs: readonly { original: Element; copy: Element }[]) {
    this.#original = original
    this.#clone = clone
    this.#pairs = pairs
  }

  get isShown(): boolean {
    return this.#dropStyles !== undefined
  }

  /** A framework that renders again may take the clone out or the attribute away. */
  get isIntact(): boolean {
    return !this.isShown || (this.#clone.root.isConnected && this.#original.hasAttribute(HIDDEN))
  }

  show(): void {
    if (this.isShown || !this.#original.isConnected) return
    const scrolled = scrolledElements(this.#original)
    this.#dropStyles = adoptStyles(this.#original.ownerDocument, lessonStyles)
    const pairs = this.#pairs.map(({ original, copy }): AnchorPair => ({ shown: original, next: copy }))
    this.#scrolled = keepingScroll(this.#original, pairs, () => {
      this.#original.before(this.#clone.root)
      this.#hideAs('')
    })
    for (const { element, left, top } of scrolled)
      (this.#clone.copyOf(element) as Element | undefined)?.scrollTo({ left, top, behavior: 'instant' })
  }

  hide(): void {
    if (!this.isShown) return
    const pairs = this.#pairs.map(({ original, copy }): AnchorPair => ({ shown: copy, next: original }))
    const swap = () => {
      this.#clone.root.remove()
      this.#original.removeAttribute(HIDDEN)
    }
    keepingScroll(this.#original, pairs, swap, this.#scrolled)
    this.#dropStyles?.()
    this.#dropWidth?.()
    this.#dropStyles = undefined
  }

  /** Lets the hidden original act: with the clone's width, its ids its own, and a focus that the clone takes over. */
  whileActing<T>(work: () => T): T {
    if (!this.isShown) return work()
    const { root } = this.#clone
    const { ownerDocument } = this.#original
    this.#dropWidth?.()
    const { width } = root.getBoundingClientRect()
    this.#dropWidth = adoptStyles(ownerDocument, `[${HIDDEN}] { inline-size: ${width}px !important; }`)
    this.#hideAs('acting')
    const giveIdsBack = takeIds(root)
    try {
      return work()
    } finally {
      giveIdsBack()
      const { activeElement } = ownerDocument
      if (activeElement !== null && this.#original.contains(activeElement))
        (this.#clone.copyOf(activeElement) as HTMLElement | undefined)?.focus()
      this.#hideAs('laid-out')
    }
  }

  #hideAs(hiding: Hiding): void {
    this.#original.setAttribute(HIDDEN, hiding)
  }
}

/** Takes the ids from a tree, so that `getElementById` finds others; gives the function that puts them back. */
function takeIds(root: Element): () => void {
  // By the attribute: a form's `id` is its field of that name, if it has one, and cannot be set.
  const named = [root, ...root.querySelectorAll('[id]')].map((element) => ({
    element,
    id: element.getAttribute('id'),
  }))
  for (const { element } of named) element.removeAttribute('id')
  return () => {
    for (const { element, id } of named) if (id !== null) element.setAttribute('id', id)
  }
}
