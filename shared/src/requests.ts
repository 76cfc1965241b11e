import Type, { type Static } from 'typebox'
import { Block } from './blocks.ts'
import { backgroundLevels, Preferences } from './preferences.ts'
import { Receipt, SectionRewrite } from './rewrites.ts'
import { sectionSize } from './sections.ts'
import { PublicSite } from './sites.ts'

const closed = { additionalProperties: false } as const

/** A UUID of version 4, as the extension makes it. */
export const UserId = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
  description: 'UUID v4',
})
/**
 * Sent with a call, it keeps the call out of what is kept of the learner: no reading, no vote and no progress is
 * stored. For learners of an age, or in a school, that wants none kept.
 */
export const historyHeader = 'X-Lectern-History'
export const historyOff = 'off'
export const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex digits' })
const LanguageTag = Type.String({ pattern: '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$', maxLength: 35 })
/** The most of a lesson that is taken; `title` and `markdown` in characters, `blocks` of a section. */
export const lessonLimits = {
  title: 500,
  sections: 400,
  blocks: sectionSize.blocks,
  markdown: 400_000,
} as const

const Title = Type.String({ maxLength: lessonLimits.title })
export const LessonSlug = Type.String({ minLength: 1, maxLength: 300 })
const Adjustment = Type.Enum([-1, 0, 1], { description: '-1 simpler, 1 deeper' })
const Variant = Type.Integer({ minimum: 0, maximum: 2, description: 'another wording' })

export const UserCreate = Type.Object({ user_id: UserId }, closed)
export type UserCreate = Static<typeof UserCreate>

export const User = Type.Object({
  user_id: UserId,
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  onboarding_completed: Type.Boolean(),
})
export type User = Static<typeof User>

export const Onboarding = Type.Object({ user_id: UserId, ...Preferences.properties }, closed)
export type Onboarding = Static<typeof Onboarding>

/** A lesson as Markdown. */
export const MarkdownLesson = Type.Object(
  {
    user_id: Type.Optional(UserId),
    lesson_slug: LessonSlug,
    original_content: Type.String({ minLength: 1, maxLength: lessonLimits.markdown }),
    title: Type.Optional(Title),
    language: Type.Optional(LanguageTag),
    url: Type.Optional(Type.String({ maxLength: 2000 })),
    adjustment: Type.Optional(Adjustment),
    variant: Type.Optional(Variant),
  },
  closed,
)
export type MarkdownLesson = Static<typeof MarkdownLesson>

/** A section of an uploaded lesson: its blocks and path only where the server said that it misses them. */
export const UploadedSection = Type.Object(
  {
    hash: Hash,
    path: Type.Optional(Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 10 })),
    blocks: Type.Optional(Type.Array(Block, { minItems: 1, maxItems: lessonLimits.blocks })),
  },
  closed,
)
export type UploadedSection = Static<typeof UploadedSection>

/** A lesson as the extension extracted it. */
export const BlockLesson = Type.Object(
  {
    user_id: Type.Optional(UserId),
    lesson_slug: LessonSlug,
    url: Type.String({ maxLength: 2000 }),
    title: Title,
    language: LanguageTag,
    adjustment: Type.Optional(Adjustment),
    variant: Type.Optional(Variant),
    subject_background: Type.Optional(
      Type.Enum(backgroundLevels, {
        description: 'of the learner in this site’s subject, where it is another',
      }),
    ),
    looking_at: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'the section that the learner looks at: it and those after it are made first',
      }),
    ),
    sections: Type.Array(UploadedSection, { minItems: 1, maxItems: lessonLimits.sections }),
  },
  closed,
)
export type BlockLesson = Static<typeof BlockLesson>

export const PersonalizedMarkdown = Type.Object({
  personalized_content: Type.String(),
  cached: Type.Boolean(),
  generated_at: Type.String({ format: 'date-time' }),
  model: Type.String(),
  notice: Type.Optional(Type.String()),
  receipt: Receipt,
})
export type PersonalizedMarkdown = Static<typeof PersonalizedMarkdown>

/** A whole rewritten lesson, by section and block. */
export const PersonalizedLesson = Type.Object({
  lesson_hash: Hash,
  sections: Type.Array(SectionRewrite),
  receipt: Receipt,
})
export type PersonalizedLesson = Static<typeof PersonalizedLesson>

export const RewritesQuery = Type.Object(
  {
    profile: Type.String({
      maxLength: 120,
      description: 'education.programming.background.ai.goal.language',
    }),
    site: Type.Optional(Type.String({ maxLength: 63 })),
    adjustment: Type.Optional(Adjustment),
    variant: Type.Optional(Variant),
  },
  closed,
)
export type RewritesQuery = Static<typeof RewritesQuery>

/** All that is stored of a learner: for each table its rows, as they are kept. */
export const LearnerExport = Type.Object({
  user_id: UserId,
  exported_at: Type.String({ format: 'date-time' }),
  tables: Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Type.Unknown()))),
})
export type LearnerExport = Static<typeof LearnerExport>

export const CacheCleared = Type.Object({ deleted_count: Type.Integer({ minimum: 0 }) })
export const SiteList = Type.Object({ sites: Type.Array(PublicSite) })
export type SiteList = Static<typeof SiteList>
