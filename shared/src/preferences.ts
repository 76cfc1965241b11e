import Type, { type Static } from 'typebox'
import { languageTags } from './languages.ts'

export const educationLevels = ['high_school', 'undergraduate', 'graduate', 'professional'] as const
export const programmingLevels = ['none', 'beginner', 'intermediate', 'advanced'] as const
export const backgroundLevels = ['none', 'basic', 'intermediate', 'advanced'] as const
export const learningGoals = ['career_change', 'research', 'hobby', 'teaching', 'building_projects'] as const

/** The answers to the six questions. All are closed lists: no free text of a learner reaches a prompt. */
export const Preferences = Type.Object(
  {
    education_level: Type.Enum(educationLevels),
    programming_experience: Type.Enum(programmingLevels),
    subject_background: Type.Enum(backgroundLevels),
    ai_ml_experience: Type.Enum(backgroundLevels),
    learning_goals: Type.Array(Type.Enum(learningGoals), {
      minItems: 1,
      maxItems: learningGoals.length,
      uniqueItems: true,
      description: 'The first one chosen is the primary one.',
    }),
    preferred_language: Type.Enum(languageTags),
  },
  { additionalProperties: false },
)
export type Preferences = Static<typeof Preferences>

/** Any part of the preferences, at least one. */
export const PreferencesChange = Type.Partial(Preferences, { additionalProperties: false, minProperties: 1 })
export type PreferencesChange = Static<typeof PreferencesChange>
