import { adoptStyles } from './adopt-styles.ts'
import type { CloneTree } from './clone-tree.ts'
import { lessonStyles } from './lesson-styles.ts'
import { type AnchorPair, keepingScroll } from './scroll-anchor.ts'
import { scrolledElements } from './scrolled-elements.ts'

/** The attribute that hides the original while the clone is shown: the only change ever made to it. */
const HIDDEN = 'data-lectern-hidden'

/**
 * Puts a lesson's clone in the place of the original and takes it out again. The clone comes first in the document,
 * so `#id` finds its elements.
 */
export class OriginalSwap {
  readonly #original: Element
  readonly #clone: CloneTree
  readonly #pairs: readonly { original: Element; copy: Element }[]
  #dropStyles: (() => void) | undefined

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
    keepingScroll(this.#original, pairs, () => {
      this.#original.before(this.#clone.root)
      this.#original.setAttribute(HIDDEN, '')
    })
    for (const { element, left, top } of scrolled)
      (this.#clone.copyOf(element) as Element | undefined)?.scrollTo({ left, top, behavior: 'instant' })
  }

  hide(): void {
    if (!this.isShown) return
    const pairs = this.#pairs.map(({ original, copy }): AnchorPair => ({ shown: copy, next: original }))
    keepingScroll(this.#original, pairs, () => {
      this.#clone.root.remove()
      this.#original.removeAttribute(HIDDEN)
    })
    this.#dropStyles?.()
    this.#dropStyles = undefined
  }
}
