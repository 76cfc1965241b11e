import {
  Addition,
  Block,
  BlockRewrite,
  Failure,
  isMathNode,
  type MathNode,
  Provenance,
  Receipt,
} from '@lectern/shared'
import Type, { type Static } from 'typebox'

const Index = Type.Integer({ minimum: 0, description: 'of a block in the lesson, from 0' })

/** A lesson as it was read from its page. */
export const ReadLesson = Type.Object({
  title: Type.String(),
  language: Type.String(),
  blocks: Type.Array(Block),
})
export type ReadLesson = Static<typeof ReadLesson>

/** What the lesson's tab asks. The page's URL and site are taken from the sender, never from the message. */
export const LessonQuestion = Type.Object({
  type: Type.Literal('personalize'),
  ...ReadLesson.properties,
  adjustment: Type.Enum([-1, 0, 1]),
  variant: Type.Integer({ minimum: 0, maximum: 2 }),
  /** What the page's marks say of its use, as written. */
  stated: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 20 })),
  /** The block that the learner looks at: its section is made first, and those after it. */
  looking_at: Type.Optional(Index),
})
export type LessonQuestion = Static<typeof LessonQuestion>

/** What the background answers: the API's events with blocks counted through the whole lesson. */
export const LessonEvent = Type.Union([
  Type.Object({ type: Type.Literal('onboarding_needed') }),
  /** `language` and `direction` are those of the rewrite's prose. */
  Type.Object({
    type: Type.Literal('plan'),
    prose_blocks: Type.Integer(),
    language: Type.String(),
    direction: Type.Enum(['ltr', 'rtl']),
  }),
  /** How TeX is typeset, before the first block or addition whose formula the page may have no element for. */
  Type.Object({
    type: Type.Literal('formula'),
    tex: Type.String(),
    math: Type.Refine(Type.Unsafe<MathNode>({}), isMathNode),
  }),
  Type.Object({
    type: Type.Literal('block'),
    index: Index,
    status: BlockRewrite.properties.status,
    inline: BlockRewrite.properties.inline,
  }),
  /** `after` is the block that it follows; -1: before the lesson's first. */
  Type.Object({
    type: Type.Literal('addition'),
    after: Type.Integer({ minimum: -1 }),
    kind: Addition.properties.kind,
    inline: Addition.properties.inline,
    answer: Addition.properties.answer,
  }),
  Type.Object({ type: Type.Literal('done'), receipt: Receipt, ...Provenance.properties }),
  Type.Object({ type: Type.Literal('failed'), failure: Failure }),
])
export type LessonEvent = Static<typeof LessonEvent>
