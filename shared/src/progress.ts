import Type, { type Static } from 'typebox'
import { LessonSlug } from './requests.ts'
import { Site } from './sites.ts'

export const progressStates = ['not_started', 'in_progress', 'completed'] as const
export type ProgressState = (typeof progressStates)[number]

/** `lessons` of a learner that are kept, and those of one change. */
export const progressLimits = { lessons: 2_000, change: 200 } as const

/** How far a learner is with a lesson. */
export const LessonProgress = Type.Object(
  {
    lesson_slug: LessonSlug,
    site: Type.Optional(Site.properties.id),
    state: Type.Enum(progressStates),
    seconds: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'spent on it' }),
    updated_at: Type.String({
      pattern:
        '^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?Z$',
      description: 'when its state changed last: a time in UTC such as 2026-11-20T08:30:00.000Z',
    }),
  },
  { additionalProperties: false },
)
export type LessonProgress = Static<typeof LessonProgress>

/** Any of a learner's lessons: of each, the state that changed last counts, and the longest time. */
export const ProgressChange = Type.Object(
  { lessons: Type.Array(LessonProgress, { minItems: 1, maxItems: progressLimits.change }) },
  { additionalProperties: false },
)
export type ProgressChange = Static<typeof ProgressChange>

export const Progress = Type.Object({ lessons: Type.Array(LessonProgress) })
export type Progress = Static<typeof Progress>

/** Two devices' knowledge of one lesson as one: the state that changed last, the longest time. */
export function mergeProgress(one: LessonProgress, other: LessonProgress): LessonProgress {
  const newer = Date.parse(other.updated_at) > Date.parse(one.updated_at) ? other : one
  return { ...newer, seconds: Math.max(one.seconds, other.seconds) }
}
