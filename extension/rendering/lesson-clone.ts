import { type Addition, type BlockRewrite, primaryLanguage } from '@lectern/shared'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import { additionPlace } from './addition-place.ts'
import { createAddition, insertAddition } from './additions.ts'
import { type AuthorElements, noElements } from './author-elements.ts'
import { BlockWords } from './block-words.ts'
import { CloneBlocks } from './clone-blocks.ts'
import { type CloneTree, cloneTree } from './clone-tree.ts'
import { firstSentence, withoutLinksAndAtoms } from './first-sentence.ts'
import { Folds, foldsWhole } from './folds.ts'
import { fitFont } from './foreign-font.ts'
import { forwardEvents } from './forward-events.ts'
import { type InlineContext, inlineNodes, type ProseLanguage, readInline } from './inline-nodes.ts'
import type { LessonWords } from './lesson-words.ts'
import { OriginalMirror } from './original-mirror.ts'
import { OriginalSwap } from './original-swap.ts'
import { pendingOpacity } from './pending-opacity.ts'
import type { OriginalWanted } from './placeholder.ts'
import { ProseDirection } from './prose-direction.ts'
import type { ProseSlot } from './prose-slot.ts'
import { firstInSight, keepingTop } from './scroll-anchor.ts'
import { renameSharedNames } from './shared-names.ts'

export type LessonCloneOptions = {
  words: LessonWords
  /** Typesets TeX that stands nowhere in the lesson; without it, or where it gives nothing, TeX is shown as code. */
  typesetTex?: (tex: string) => Node | undefined
  /** Called for a click on what only Original shows; without it the clone hides and scrolls to that element. */
  onOriginalWanted?: OriginalWanted
}

/** What became of one block of the lesson. */
export type ShownRewrite = Pick<BlockRewrite, 'status' | 'inline'>

/** Kinds of prose that fold; by a heading, caption or cell a reader finds the way. */
const folding = new Set(['paragraph', 'list_item', 'definition', 'quote', 'admonition'])

/**
 * Copies a lesson, so that it can be shown with other words in place of the original. Blocks count from 0 through
 * the whole lesson. The original gets one attribute while it is hidden, and no other change ever.
 */
export function createLessonClone(lesson: ExtractedLesson, options: LessonCloneOptions): LessonClone {
  return new LessonClone(lesson, options)
}

export class LessonClone {
  readonly #lesson: ExtractedLesson
  readonly #tree: CloneTree
  readonly #blocks: CloneBlocks
  readonly #swap: OriginalSwap
  readonly #mirror: OriginalMirror
  readonly #own: LessonWords
  readonly #folds: Folds
  readonly #words: BlockWords
  readonly #direction: ProseDirection
  readonly #typesetTex: (tex: string) => Node | undefined
  #language: ProseLanguage

  constructor(lesson: ExtractedLesson, { words, typesetTex, onOriginalWanted }: LessonCloneOptions) {
    this.#lesson = lesson
    this.#own = words
    this.#folds = new Folds(words)
    this.#typesetTex = typesetTex ?? (() => undefined)
    this.#tree = cloneTree(lesson.root, {
      words,
      onOriginalWanted: onOriginalWanted ?? ((element) => this.#bringBack(element)),
    })
    const { root } = this.#tree
    renameSharedNames(root)
    root.setAttribute('data-lectern-clone', '')
    // A page's MathJax must not typeset what a model wrote: its \href makes links.
    root.classList.add('mathjax_ignore', 'tex2jax_ignore')
    this.#blocks = new CloneBlocks(lesson, this.#tree)
    this.#swap = new OriginalSwap(lesson.root, this.#tree, this.#blocks.pairs)
    this.#mirror = new OriginalMirror(lesson, this.#tree)
    forwardEvents(this.#tree, this.#blocks.fixed.values(), (work) => this.#act(work))
    const direction = directionOf(lesson.root)
    this.#direction = new ProseDirection(root, direction)
    const { language } = lesson
    this.#language = { language, direction, foreign: false, termsLanguage: language }
    const isOwnForeign = primaryLanguage(words.language) !== primaryLanguage(language)
    if (isOwnForeign) fitFont(root, words.language, lesson.root)
    this.#words = new BlockWords(this.#blocks, this.#direction, ({ author }) => this.#context(author))
  }

  /** The clone where it is shown, else the original. */
  get shown(): Element {
    return this.#swap.isShown ? this.#tree.root : this.#lesson.root
  }

  /** Whether the page left alone what `show` or `hide` made of it. */
  get isIntact(): boolean {
    return this.#swap.isIntact
  }

  /** Shows the clone in place of the original; the block at the top of the viewport stays there. */
  show(): void {
    this.#swap.show()
    // What a page does because its lesson is hidden (it measures no width any more) must not show.
    this.#mirror.follow(false)
  }

  /** Shows the original again, as it was. What the clone holds stays for the next `show`. */
  hide(): void {
    this.#swap.hide()
    this.#mirror.follow(true)
  }

  /** Shows the original for good. */
  close(): void {
    this.hide()
    this.#mirror.close()
  }

  /** Says which language the blocks and additions to come are in. */
  setLanguage(language: string, direction: 'ltr' | 'rtl'): void {
    if (language === this.#language.language && direction === this.#language.direction) return
    const foreign = primaryLanguage(language) !== primaryLanguage(this.#lesson.language)
    this.#language = { language, direction, foreign, termsLanguage: this.#lesson.language }
    if (foreign) fitFont(this.#tree.root, language, this.#lesson.root)
    if (foreign) this.#direction.prepare(direction, this.#blocks.prose.values(), this.#blocks.fixed.values())
  }

  /** Dims blocks that are being made, until each arrives or `endWaiting`. */
  awaitBlocks(indices: Iterable<number>): void {
    const blocks = [...indices].flatMap((index) => this.#dimmable(index) ?? [])
    // All are looked at before any is changed: each change would have the page's styles computed anew.
    const opacities = blocks.map(pendingOpacity)
    for (const [i, block] of blocks.entries())
      block.setAttribute('data-lectern-pending', String(opacities[i]))
  }

  /** Dims nothing any more. */
  endWaiting(): void {
    for (const index of this.#blocks.prose.keys()) this.#undim(index)
  }

  /** Shows what became of a block, also in place of what came before. A fixed block stays the author's. */
  applyBlock(index: number, { status, inline }: ShownRewrite): void {
    const slot = this.#blocks.prose.get(index)
    if (slot?.first === undefined) return
    this.#unfold(slot)
    this.#words.take(index, status === 'rewritten' ? inline : undefined)
    if (status === 'folded') this.#fold(index, slot)
    this.#undim(index)
  }

  /** Gives every block the author's words again and takes out all additions, before another version comes. */
  reset(): void {
    for (const [index, slot] of this.#blocks.prose) {
      this.#unfold(slot)
      this.#words.take(index, undefined)
    }
    this.removeAdditions()
  }

  /** The blocks that are rewritten, in reading order. */
  get rewritten(): readonly number[] {
    return this.#words.rewritten
  }

  /** Whether a rewritten block shows the author's words. */
  isFlipped(index: number): boolean {
    return this.#words.isFlipped(index)
  }

  /** Shows the author's words of a rewritten block in its place, and the rewrite again; the block's top stays put. */
  flip(index: number): void {
    const element = this.#blocks.placeOf(index)
    if (element !== undefined) keepingTop(element, () => this.#words.flip(index))
  }

  /** The rewritten block that a node of the clone is in. */
  rewrittenAt(node: Node): number | undefined {
    const index = this.#blocks.proseAt(node)
    return index !== undefined && this.#words.isRewritten(index) ? index : undefined
  }

  /** The prose block that a node of the clone is in. */
  proseAt(node: Node): number | undefined {
    return this.#blocks.proseAt(node)
  }

  /** The words that a prose block shows. */
  textOf(index: number): string | undefined {
    return this.#blocks.prose.get(index)?.text
  }

  /** The element that a prose block stands in; it may stand there with others. */
  elementOf(index: number): Element | undefined {
    return this.#blocks.placeOf(index)
  }

  /** Where the words of a prose block stand in the viewport. */
  boxOf(index: number): DOMRect | undefined {
    return this.#blocks.prose.get(index)?.box
  }

  /** The first block in sight; nothing where the lesson is not. */
  get lookedAt(): number | undefined {
    const { isShown } = this.#swap
    const { pairs } = this.#blocks
    const at = firstInSight(
      this.#lesson.root,
      pairs.map(({ original, copy }) => (isShown ? copy : original)),
    )
    return pairs[at]?.index
  }

  /** Shows a block that the author did not write after block `after`; -1: before the lesson's first. */
  addAddition({ after, kind, inline, answer }: Addition): void {
    const index = Math.max(after, 0)
    const block = this.#lesson.blocks[index]?.block
    const node = this.#blocks.lastNode(index)
    if (block === undefined || node === undefined) return
    const context = this.#context(noElements)
    const words = {
      kind,
      words: inlineNodes(readInline(inline, noElements), context),
      ...(answer === undefined ? {} : { answer: inlineNodes(readInline(answer, noElements), context) }),
    }
    const addition = createAddition(context.document, words, this.#language, this.#own)
    const place = additionPlace(node, this.#tree.root, block.kind, this.#blocks)
    if (after < 0) place.before(addition)
    else insertAddition(addition, place, after)
  }

  /** Takes out all additions, before an answer that brings them again. */
  removeAdditions(): void {
    for (const addition of this.#tree.root.querySelectorAll('[data-lectern-addition]')) addition.remove()
  }

  /** Lets the original answer what was done in the clone, and the clone show what came of it. */
  #act<T>(work: () => T): T {
    this.#mirror.follow(true)
    return this.#swap.whileActing(work)
  }

  #context(author: AuthorElements): InlineContext {
    return {
      document: this.#tree.root.ownerDocument,
      author,
      lessonFormulas: this.#blocks.formulas,
      typesetTex: this.#typesetTex,
      noteCopy: this.#tree.noteCopy,
      language: this.#language,
    }
  }

  #fold(index: number, slot: ProseSlot): void {
    const block = this.#lesson.blocks[index]?.block
    if (block === undefined || !folding.has(block.kind)) return
    const { element } = slot
    const whole = element !== undefined && element !== this.#tree.root && foldsWhole(element)
    const sentence = firstSentence(readInline(block.text, slot.author), this.#lesson.language)
    this.#folds.fold({
      element: whole ? element : slot.enclose(),
      canMerge: whole,
      sentence: inlineNodes(withoutLinksAndAtoms(sentence), this.#authorContext(slot)),
    })
  }

  /** The context of the author's own words: in the lesson's language, whatever the rewrite's is. */
  #authorContext({ author }: ProseSlot): InlineContext {
    return { ...this.#context(author), language: { ...this.#language, foreign: false } }
  }

  #unfold({ element, enclosure }: ProseSlot): void {
    if (element !== undefined) this.#folds.unfold(element)
    if (enclosure !== undefined) this.#folds.unfold(enclosure)
  }

  /** A block that shares its parent is not dimmed: its neighbours would be, too. */
  #dimmable(index: number): Element | undefined {
    const element = this.#blocks.prose.get(index)?.element
    return element === this.#tree.root ? undefined : element
  }

  #undim(index: number): void {
    const element = this.#dimmable(index)
    if (element?.hasAttribute('data-lectern-pending') !== true) return
    element.removeAttribute('data-lectern-pending')
    element.setAttribute('data-lectern-arrived', '')
  }

  #bringBack(element: Element): void {
    this.hide()
    element.scrollIntoView({ block: 'center' })
  }
}

function directionOf(element: Element): 'ltr' | 'rtl' {
  return element.ownerDocument.defaultView?.getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr'
}
