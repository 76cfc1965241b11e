import type { Block, ProseBlock } from './blocks.ts'
import { isTranslation } from './languages.ts'

// Apart from the schemas, so that a bundle that only asks for kinds carries no schema library.

/** Kinds of prose: what a rewrite may reword. A `cell` is a table's cell that holds words. */
export const proseKinds = [
  'heading',
  'paragraph',
  'list_item',
  'definition',
  'quote',
  'admonition',
  'caption',
  'cell',
] as const
export type ProseKind = (typeof proseKinds)[number]

/** Kinds that no rewrite touches; shown to the model as text for context. */
export const fixedKinds = ['code', 'math', 'table', 'figure', 'image', 'embed'] as const
export type FixedKind = (typeof fixedKinds)[number]

/** What `{{k}}` may stand for. An image and a footnote mark stand in a rewrite exactly once, others at least once. */
export const atomTypes = [
  'image',
  'footnote',
  'key',
  'subscript',
  'superscript',
  'formula',
  'line_break',
  'inserted',
  'deleted',
  'marked',
  'other',
] as const
export type AtomType = (typeof atomTypes)[number]

/** The most characters of a prose block, of a fixed block, and of an atom's text. */
export const blockLimits = { prose: 20_000, fixed: 100_000, atom: 500 } as const

/** Whether a rewrite may reword this block at all. */
export function isProse(block: Block): block is ProseBlock {
  return (proseKinds as readonly string[]).includes(block.kind)
}

/**
 * Whether the model is asked for this block: prose that its site does not keep word for word, but a table's cell only
 * in another language than the lesson's, since its words are the author's data.
 */
export function isRewritable(
  block: Block,
  lessonLanguage: string,
  profileLanguage: string,
): block is ProseBlock {
  return (
    isProse(block) &&
    block.keep !== true &&
    (block.kind !== 'cell' || isTranslation(lessonLanguage, profileLanguage))
  )
}
