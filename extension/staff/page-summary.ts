import { fixedKinds, proseKinds } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { noLessonReasons } from '../sites/no-lesson-reason.ts'

/** So many blocks are shown of a page, and so many characters of each. */
export const summaryLimits = { blocks: 400, text: 140 } as const

const Count = Type.Integer({ minimum: 0 })
const kinds = [...proseKinds, ...fixedKinds] as const

const BlockSummary = Type.Object({
  kind: Type.Enum(kinds),
  text: Type.String({ maxLength: summaryLimits.text }),
  /** Whether it stays word for word. */
  keep: Type.Boolean(),
})
export type BlockSummary = Static<typeof BlockSummary>

/** What is taken of a page, as the page's own document says it: untrusted. */
export const PageSummary = Type.Object({
  title: Type.String({ maxLength: 500 }),
  lesson: Type.Boolean(),
  /** Why it has none. */
  reason: Type.Optional(Type.Enum(noLessonReasons)),
  /** The site family by which it was found; absent for none that is known. */
  family: Type.Optional(Type.String({ maxLength: 60 })),
  /** A primary subtag, or `und`. */
  language: Type.String({ maxLength: 8 }),
  /** Whether the lesson is larger than one that can be rewritten; it is not read then. */
  too_large: Type.Boolean(),
  /** Whether the page asks for a password. */
  password: Type.Boolean(),
  words: Count,
  headings: Count,
  code: Count,
  formulas: Count,
  formulas_without_tex: Count,
  figures: Count,
  block_count: Count,
  /** In their order, the first ones. */
  blocks: Type.Array(BlockSummary, { maxItems: summaryLimits.blocks }),
})
export type PageSummary = Static<typeof PageSummary>
