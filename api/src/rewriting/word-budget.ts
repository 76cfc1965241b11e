import { countWords, isTranslation, type ProseBlock, parseInline, plainText } from '@lectern/shared'
import type { RewriteTask } from './ports.ts'

/** Beside the share of each block: room for a term or two to be explained. */
const SLACK = 60

/**
 * How many words the rewrites of a section may take in all. Each block has its own share, which no other can use up:
 * one verbose block must not cost a later one its rewrite.
 */
export class WordBudget {
  readonly #sources: ReadonlyMap<number, number>
  readonly #factor: number
  readonly #most: number
  readonly #taken = new Map<number, number>()

  constructor(
    task: Pick<RewriteTask, 'language' | 'profile' | 'adjustment'>,
    sources: ReadonlyMap<number, ProseBlock>,
  ) {
    this.#factor = growthOf(task)
    this.#sources = new Map([...sources].map(([block, source]) => [block, wordsOf(source)]))
    this.#most = sum(this.#sources.values()) * this.#factor + SLACK
  }

  /** Takes a rewrite's words, in place of what the block took before; whether they are within the bounds. */
  take(block: number, words: number): boolean {
    if (words > this.#shareOf(block) && words + this.#claimedBeside(block) > this.#most) return false
    this.#taken.set(block, words)
    return true
  }

  /** The block stays as it is: what is left of its share is there for others. */
  keep(block: number): void {
    this.#taken.set(block, this.#sources.get(block) ?? 0)
  }

  #shareOf(block: number): number {
    return (this.#sources.get(block) ?? 0) * this.#factor
  }

  /** What the other blocks have taken, or may still take. */
  #claimedBeside(block: number): number {
    const others = [...this.#sources.keys()].filter((other) => other !== block)
    return sum(others.map((other) => this.#taken.get(other) ?? this.#shareOf(other)))
  }
}

/** Whether a reader's sections may take clearly more words than the author's: one who needs explanations. */
export function mayGrow({ profile, adjustment }: Pick<RewriteTask, 'profile' | 'adjustment'>): boolean {
  return profile.subject_background === 'none' || profile.subject_background === 'basic' || adjustment !== 0
}

/** An expert's section may take hardly more words than the author's, a translation some. */
function growthOf(task: Pick<RewriteTask, 'language' | 'profile' | 'adjustment'>): number {
  const translated = isTranslation(task.language, task.profile.language) ? 1.6 : 1
  return (mayGrow(task) ? 2.2 : 1.2) * translated
}

function wordsOf(block: ProseBlock): number {
  return countWords(plainText(parseInline(block.text)))
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
