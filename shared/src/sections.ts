import { isProse } from './block-kinds.ts'
import type { Block, Lesson } from './blocks.ts'
import { countWords, shortLine } from './clean-text.ts'
import { parseInline, plainText } from './inline-text.ts'

/** About how many words of prose one call to the model rewrites, and the most blocks it is shown. */
export const sectionSize = { words: 180, blocks: 60 } as const

/** The most characters of a heading that stand in a path. */
const LONGEST_STEP = 300

/** Consecutive blocks under one heading: what one call rewrites and what one cache row holds. */
export type Section = {
  /** The words of the headings that these blocks stand under, outermost first. */
  path: string[]
  blocks: Block[]
}

/**
 * Cuts a lesson into sections, in order and without a gap. A heading opens one (several in a row share it);
 * a long one is cut near `sectionSize`, never between a lead-in and what it leads to. Where a cut falls depends
 * only on the content since the last heading, so an edit leaves the sections of other headings as they were.
 */
export function cutSections(lesson: Pick<Lesson, 'blocks'>): Section[] {
  const sections: Section[] = []
  const open: { level: number; words: string }[] = []
  let words = 0
  for (const [i, block] of lesson.blocks.entries()) {
    const previous = lesson.blocks[i - 1]
    const section = sections.at(-1)
    if (section === undefined || startsSection(block, previous, words, section.blocks.length)) {
      const level = block.kind === 'heading' ? (block.level ?? 1) : Infinity
      sections.push({
        path: open.filter((heading) => heading.level < level).map((heading) => heading.words),
        blocks: [block],
      })
      words = 0
    } else section.blocks.push(block)
    words += block.kind === 'heading' ? 0 : proseWords(block)
    if (block.kind === 'heading') enter(open, block.level ?? 1, shortLine(wordsOf(block), LONGEST_STEP))
  }
  return sections
}

/** The index in the lesson of each section's first block. */
export function sectionStarts(sections: readonly Pick<Section, 'blocks'>[]): number[] {
  let next = 0
  return sections.map(({ blocks }) => {
    const start = next
    next += blocks.length
    return start
  })
}

function startsSection(block: Block, previous: Block | undefined, words: number, blocks: number): boolean {
  if (block.kind === 'heading') return previous?.kind !== 'heading' || blocks >= sectionSize.blocks
  if (blocks >= sectionSize.blocks) return true
  if (words === 0 || previous === undefined) return false
  if (!isProse(block) || isLeadIn(previous)) return false
  if (block.kind === 'cell' || block.kind === 'caption') return false
  if (words >= sectionSize.words) return true
  return words >= sectionSize.words / 2 && words + proseWords(block) > sectionSize.words * 1.5
}

/** The end of a block in which its closing colon stands: quotes, brackets and marks may follow it. */
const ENDING = 12

/** Whether a block leads into the next one, as "For example:" does; such a block is never folded. */
export function isLeadIn(block: Block): boolean {
  if (!isProse(block)) return false
  return block.kind === 'heading' || /[:：][^\p{L}\p{N}]*$/u.test(block.text.slice(-ENDING))
}

function proseWords(block: Block): number {
  return isProse(block) ? countWords(wordsOf(block)) : 0
}

function wordsOf(block: Block): string {
  return isProse(block) ? plainText(parseInline(block.text)) : ''
}

function enter(open: { level: number; words: string }[], level: number, words: string): void {
  while ((open.at(-1)?.level ?? 0) >= level) open.pop()
  open.push({ level, words })
}
