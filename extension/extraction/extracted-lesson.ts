import type { FixedBlock, ProseBlock } from '@lectern/shared'

/** A maximal run of sibling inline nodes, `first` to `last`, all children of `parent`. */
export type ProseRun = {
  parent: Element
  first: ChildNode
  last: ChildNode
  /**
   * Where a run begins or ends within the characters of its first or last node: a display formula parts the words
   * also as long as it stands among them as TeX, untypeset.
   */
  start?: number
  end?: number
}

/** A prose block tied to its nodes on the page: `links[k - 1]` is `[...](#k)`, `atoms[k - 1]` is `{{k}}`. */
export type ExtractedProse = {
  block: ProseBlock
  run: ProseRun
  links: Element[]
  atoms: Element[]
  /** Inline code, inline formulas and emphasis in the order of the text, whose elements a rewrite reuses. */
  codes: { text: string; element: Element }[]
  formulas: { tex: string; element: Element }[]
  /** Formulas that are no elements but part of the words: as the author wrote them, delimiters and all. */
  rawFormulas: { tex: string; text: string }[]
  emphases: { type: 'emphasis' | 'strong'; element: Element }[]
  /** What stands in the run but not in its text (permalinks, numbers, checkboxes, icons, empty anchors), outermost. */
  furniture: Element[]
}

/** A fixed block tied to its element. */
export type ExtractedFixed = { block: FixedBlock; element: Element }

export type ExtractedBlock = ExtractedProse | ExtractedFixed

/** A lesson as it stands on the page, in reading order. */
export type ExtractedLesson = {
  /** The live element that holds the lesson. */
  root: Element
  title: string
  language: string
  blocks: ExtractedBlock[]
}

export function isExtractedProse(extracted: ExtractedBlock): extracted is ExtractedProse {
  return 'run' in extracted
}
