import Type, { type Static } from 'typebox'
import { isTranslation } from './languages.ts'

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

/** The legend of one `{{k}}`: its type and its text (an image's alternative text). */
export const Atom = Type.Object(
  { type: Type.Enum(atomTypes), text: Type.String({ maxLength: blockLimits.atom }) },
  { additionalProperties: false },
)
export type Atom = Static<typeof Atom>

/** `text` is inline text (see inline-text.ts); `atoms[k - 1]` is the legend of its `{{k}}`. */
export const ProseBlock = Type.Object(
  {
    kind: Type.Enum(proseKinds),
    level: Type.Optional(Type.Integer({ minimum: 1, maximum: 6, description: 'of a heading' })),
    text: Type.String({ minLength: 1, maxLength: blockLimits.prose, description: 'inline text' }),
    atoms: Type.Optional(Type.Array(Atom, { maxItems: 200 })),
  },
  { additionalProperties: false },
)
export type ProseBlock = Static<typeof ProseBlock>

/** `text`: exact code, TeX, a table's rows (cells joined by " | "), or what describes a figure, image or embed. */
export const FixedBlock = Type.Object(
  {
    kind: Type.Enum(fixedKinds),
    text: Type.String({ maxLength: blockLimits.fixed }),
    language: Type.Optional(Type.String({ maxLength: 40, description: 'of code' })),
  },
  { additionalProperties: false },
)
export type FixedBlock = Static<typeof FixedBlock>

export const Block = Type.Union([ProseBlock, FixedBlock])
export type Block = ProseBlock | FixedBlock

/** The teaching content of one page. */
export type Lesson = {
  title: string
  /** Primary language subtag, `und` where the page does not say. */
  language: string
  blocks: Block[]
}

/** Whether a rewrite may reword this block at all. */
export function isProse(block: Block): block is ProseBlock {
  return (proseKinds as readonly string[]).includes(block.kind)
}

/**
 * Whether the model is asked for this block: prose, but a table's cell only in another language than the
 * lesson's, since its words are the author's data.
 */
export function isRewritable(
  block: Block,
  lessonLanguage: string,
  profileLanguage: string,
): block is ProseBlock {
  return isProse(block) && (block.kind !== 'cell' || isTranslation(lessonLanguage, profileLanguage))
}
