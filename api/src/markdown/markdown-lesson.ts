import type { Lesson } from '@lectern/shared'
import type { Link, LinkReference } from 'mdast'

/** A place for new blocks in the source, on lines of their own. */
export type BlockGap = {
  /** The offset of a line's end, or of a line's start where `before` is set. */
  at: number
  before: boolean
  /** What a line begins with here: the indentation of the list items around it. */
  indent: string
}

/** What a rewrite takes back from the source: its numbers, code and formulas stand for these. */
export type PutBack = {
  /** `links[k - 1]` is the target of `[text](#k)`. */
  links: (Link | LinkReference)[]
  /** `atoms[k - 1]` is the Markdown of `{{k}}`; a hard line break is `'\n'`. */
  atoms: string[]
  /** The Markdown of code and formulas by their canonical text, as `markOf` names them. */
  spans: Map<string, string>
}

/** How the words of a block must be escaped. `open_cell` is a row's first cell without a pipe before it. */
export type LineContext = 'paragraph' | 'heading' | 'cell' | 'open_cell'

/** Where a block of the lesson stands in the source; offsets are in UTF-16 units. */
export type BlockPlace = {
  /** A prose block's words, which a rewrite replaces; a fixed block's whole text. */
  start: number
  end: number
  context: LineContext
  /** What a line begins with in the list items and quotes around the block. */
  indent: string
  /**
   * Whether a fold can stand before it. Words that go on with a paragraph after a marker's line could be read as
   * another block once they start one: there they are `rewritten`.
   */
  fold: 'before' | 'rewritten' | 'never'
  /** Where what follows the block goes. */
  after: BlockGap
  putBack: PutBack
}

/** A lesson that was read from Markdown, with the way back: `places[i]` is where `lesson.blocks[i]` stands. */
export type MarkdownLesson = {
  lesson: Lesson
  source: string
  places: BlockPlace[]
  /** Where what precedes the first block goes. */
  top: BlockGap
  lineEnd: '\n' | '\r\n'
}

/** The name of a code span or formula in `PutBack.spans`. */
export function markOf(type: 'code' | 'math', text: string): string {
  return `${type} ${text}`
}
