import { type Block, countWords, isLeadIn, isProse, parseInline, plainText } from '@lectern/shared'
import type { RewriteTask } from './ports.ts'

/** The share of a section's words that may be folded, by what the reader knows; the adjustment shifts it by one. */
const SHARES = { none: 0, basic: 0, intermediate: 0.5, advanced: 0.75 } as const
const levels = Object.values(SHARES)

/** A section that is no longer than this may be folded as a whole: its first sentence stays in view. */
const SHORT = 40

/** Whether a reader is shown folds at all: not one to whom the subject, or its ground, is new. */
export function mayFold(task: Pick<RewriteTask, 'profile' | 'adjustment'>): boolean {
  return shareOf(task) > 0
}

/** What of a section may be folded away: never all of a long one, never what leads into the next block. */
export class FoldLimit {
  readonly #blocks: readonly Block[]
  readonly #taken = new Set<number>()
  #left: number

  constructor(task: Pick<RewriteTask, 'section' | 'profile' | 'adjustment'>) {
    this.#blocks = task.section.blocks
    const share = shareOf(task)
    const words = this.#blocks.reduce(
      (sum, block) => sum + (block.kind === 'heading' ? 0 : wordsOf(block)),
      0,
    )
    this.#left = share === 0 ? 0 : Math.max(SHORT, words * share)
  }

  /** Takes a block's words (it counts from 1), once, where it may be folded. */
  take(block: number): boolean {
    if (this.#taken.has(block)) return true
    const source = this.#blocks[block - 1]
    if (source === undefined || !isFoldable(source, this.#blocks[block])) return false
    const words = wordsOf(source)
    if (words > this.#left) return false
    this.#left -= words
    this.#taken.add(block)
    return true
  }
}

/** Whether a block may be folded at all: prose that is no heading, and leads into nothing; `next` is what follows. */
export function isFoldable(block: Block, next?: Block): boolean {
  if (!isProse(block) || isLeadIn(block) || block.kind === 'cell' || block.kind === 'caption') return false
  return next === undefined || isProse(next)
}

function shareOf({ profile, adjustment }: Pick<RewriteTask, 'profile' | 'adjustment'>): number {
  const level = Object.keys(SHARES).indexOf(profile.subject_background) + adjustment
  return levels[Math.min(levels.length - 1, Math.max(0, level))] ?? 0
}

function wordsOf(block: Block): number {
  return isProse(block) ? countWords(plainText(parseInline(block.text))) : 0
}
