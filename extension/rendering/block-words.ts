import type { CloneBlocks } from './clone-blocks.ts'
import { type InlineContext, inlineNodes, type ProseLanguage, readInline } from './inline-nodes.ts'
import type { ProseDirection } from './prose-direction.ts'
import type { ProseSlot } from './prose-slot.ts'

/**
 * Whose words each prose block of a clone shows: those of its rewrite or, where there is none or the learner flipped
 * the block to check or quote it, the author's.
 */
export class BlockWords {
  readonly #blocks: CloneBlocks
  readonly #direction: ProseDirection
  readonly #contextOf: (slot: ProseSlot) => InlineContext
  readonly #rewrites = new Map<number, string>()
  readonly #flipped = new Set<number>()

  constructor(blocks: CloneBlocks, direction: ProseDirection, contextOf: (slot: ProseSlot) => InlineContext) {
    this.#blocks = blocks
    this.#direction = direction
    this.#contextOf = contextOf
  }

  /** The blocks that have a rewrite, in reading order. */
  get rewritten(): number[] {
    return [...this.#rewrites.keys()].sort((a, b) => a - b)
  }

  isRewritten(index: number): boolean {
    return this.#rewrites.has(index)
  }

  isFlipped(index: number): boolean {
    return this.#flipped.has(index)
  }

  /** Takes the rewrite of a block, or that it has none. A block that is flipped stays so. */
  take(index: number, inline: string | undefined): void {
    if (inline === undefined) {
      this.#rewrites.delete(index)
      this.#flipped.delete(index)
    } else this.#rewrites.set(index, inline)
    this.#show(index)
  }

  /** Shows the author's words of a rewritten block, and its rewrite again. */
  flip(index: number): void {
    if (!this.#rewrites.has(index)) return
    if (!this.#flipped.delete(index)) this.#flipped.add(index)
    this.#show(index)
  }

  #show(index: number): void {
    const slot = this.#blocks.prose.get(index)
    if (slot === undefined) return
    const isFlipped = this.#flipped.has(index)
    const inline = isFlipped ? undefined : this.#rewrites.get(index)
    const context = this.#contextOf(slot)
    if (inline === undefined) this.#restore(slot, context.language)
    else this.#rewrite(slot, inline, context)
    const holder = slot.element ?? (isFlipped ? slot.enclose() : slot.enclosure)
    holder?.toggleAttribute('data-lectern-flipped', isFlipped)
  }

  #rewrite(slot: ProseSlot, inline: string, context: InlineContext): void {
    slot.write(inlineNodes(readInline(inline, slot.author), context))
    this.#direction.markRewritten(slot, context.language)
  }

  #restore(slot: ProseSlot, language: ProseLanguage): void {
    slot.restore()
    this.#direction.markAuthor(slot, language)
  }
}
