import Type, { type Static } from 'typebox'
import { failureCodes } from './failures.ts'
import { BlockLesson, lessonLimits, RewritesQuery, UploadedSection } from './requests.ts'
import { Site } from './sites.ts'

const closed = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })
const ProfileText = RewritesQuery.properties.profile

/** Of one warm-up; and of warm-ups that are neither done nor cancelled, in all. */
export const warmupLimits = { profiles: 20, lessons: 300, open: 20 } as const

/** Rewrites that are to be made before class: for the profiles named, or for those that most learners of the site have. */
export const WarmupCreate = Type.Object(
  {
    site: Site.properties.id,
    profiles: Type.Optional(
      Type.Array(ProfileText, { minItems: 1, maxItems: warmupLimits.profiles, uniqueItems: true }),
    ),
    most_used: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: warmupLimits.profiles,
        description: 'so many of the profiles that learners of the site have, where none are named',
      }),
    ),
  },
  closed,
)
export type WarmupCreate = Static<typeof WarmupCreate>

/** A lesson as the staff member's extension read it, whole: the API fetches no page. */
export const WarmupLesson = Type.Object(
  {
    ...Type.Pick(BlockLesson, ['lesson_slug', 'url', 'title', 'language']).properties,
    sections: Type.Array(Type.Required(UploadedSection), { minItems: 1, maxItems: lessonLimits.sections }),
  },
  closed,
)
export type WarmupLesson = Static<typeof WarmupLesson>

export const warmupStates = ['running', 'paused', 'cancelled', 'done'] as const

/** A warm-up and how far it is. A rewrite is one lesson for one profile. */
export const Warmup = Type.Object({
  warmup_id: Type.String({ format: 'uuid' }),
  site: Site.properties.id,
  created_at: Type.String({ format: 'date-time' }),
  created_by: Type.String(),
  state: Type.Enum(warmupStates, {
    description: 'done while no rewrite waits; another lesson lets it go on',
  }),
  profiles: Type.Array(ProfileText),
  lessons: Count,
  waiting: Type.Integer({ minimum: 0, description: 'rewrites that are still to be made' }),
  made: Count,
  failed: Count,
})
export type Warmup = Static<typeof Warmup>

/** The latest, the newest first. */
export const WarmupList = Type.Object({ warmups: Type.Array(Warmup) })
export type WarmupList = Static<typeof WarmupList>

export const WarmupFailure = Type.Object({
  lesson_slug: Type.String(),
  title: Type.String(),
  url: Type.Optional(Type.String({ description: 'absent where it was begun before addresses were kept' })),
  profile: ProfileText,
  error: Type.Enum(failureCodes),
  message: Type.String(),
})
export type WarmupFailure = Static<typeof WarmupFailure>

/** A warm-up with what could not be made, the latest first. */
export const WarmupDetails = Type.Object({
  ...Warmup.properties,
  failures: Type.Array(WarmupFailure, { maxItems: 200 }),
})
export type WarmupDetails = Static<typeof WarmupDetails>

/** What staff do with a warm-up; one that was cancelled stays so. */
export const WarmupChange = Type.Object({ state: Type.Enum(['running', 'paused', 'cancelled']) }, closed)
export type WarmupChange = Static<typeof WarmupChange>

/** How many learners of a site have a profile, the most used first. */
export const UsedProfiles = Type.Object({
  profiles: Type.Array(Type.Object({ profile: ProfileText, learners: Count })),
})
export type UsedProfiles = Static<typeof UsedProfiles>
