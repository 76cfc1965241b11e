import Type, { type Static } from 'typebox'
import { atomTypes, blockLimits, fixedKinds, proseKinds } from './block-kinds.ts'

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
    keep: Type.Optional(
      Type.Literal(true, { description: 'stays word for word, as its site wishes: shown as context' }),
    ),
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
