import {
  type BlockRewrite,
  blockStatuses,
  countWords,
  isProse,
  parseInline,
  type Section,
} from '@lectern/shared'
import { factsOf, numbersToKeep, type TextFacts, valuesSaid } from '../src/rewriting/block-facts.ts'
import { isForeign, wordsIn } from '../src/rewriting/foreign-language.ts'
import { isAmong } from '../src/rewriting/numerals.ts'
import type { SectionResult } from '../src/rewriting/rewrite-section.ts'

/** So many of so many. */
export type Share = { kept: number; all: number }

/** What a rewrite did to a section, counted. A restored block counts as restored and for nothing else. */
export type SectionMeasures = {
  blocks: Record<BlockRewrite['status'], number>
  /** Of the rewritten blocks: code, formulas, links and other elements of the page, and numbers in digits. */
  atoms: Share
  numbers: Share
  /** Rewritten blocks that an identifier does not take for another language than the one asked for. */
  language: Share
  /** The words of the rewritten blocks, the author's and those that stand for them. */
  words: { before: number; after: number }
  /** The same blocks' texts, for readability. */
  texts: { before: string[]; after: string[] }
}

/** Compares the rewritten blocks of a section with the author's; `language` is the tag of the one asked for. */
export function measureSection(
  section: Section,
  { blocks }: Pick<SectionResult, 'blocks'>,
  language: string,
): SectionMeasures {
  const counts = Object.fromEntries(blockStatuses.map((status) => [status, 0])) as SectionMeasures['blocks']
  const measures: SectionMeasures = {
    blocks: counts,
    atoms: { kept: 0, all: 0 },
    numbers: { kept: 0, all: 0 },
    language: { kept: 0, all: 0 },
    words: { before: 0, after: 0 },
    texts: { before: [], after: [] },
  }
  for (const { block, status, inline } of blocks) {
    counts[status] += 1
    const source = section.blocks[block - 1]
    if (status !== 'rewritten' || inline === undefined || source === undefined || !isProse(source)) continue
    const after = factsOf(parseInline(inline))
    measures.language.all += 1
    if (!isForeign(wordsIn(after.prose), language)) measures.language.kept += 1
    compare(measures, factsOf(parseInline(source.text)), after)
  }
  return measures
}

function compare(
  { atoms, numbers, words, texts }: SectionMeasures,
  before: TextFacts,
  after: TextFacts,
): void {
  for (const field of ['codes', 'formulas', 'links', 'atoms'] as const) {
    const left: readonly (string | number)[] = after[field]
    const wanted = new Set<string | number>(before[field])
    atoms.all += wanted.size
    atoms.kept += [...wanted].filter((atom) => left.includes(atom)).length
  }
  const wanted = numbersToKeep(before)
  const values = valuesSaid(after)
  numbers.all += wanted.length
  numbers.kept += wanted.filter((number) => isAmong(values, number)).length
  words.before += countWords(before.words)
  words.after += countWords(after.words)
  texts.before.push(before.prose)
  texts.after.push(after.prose)
}
