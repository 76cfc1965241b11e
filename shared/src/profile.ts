import type { LanguageTag } from './languages.ts'
import { languageTags } from './languages.ts'
import {
  backgroundLevels,
  educationLevels,
  learningGoals,
  type Preferences,
  programmingLevels,
} from './preferences.ts'

/** What of the preferences a rewrite may depend on: closed values, nothing that tells one learner from another. */
export type Profile = {
  education_level: Preferences['education_level']
  programming_experience: Preferences['programming_experience']
  subject_background: Preferences['subject_background']
  ai_ml_experience: Preferences['ai_ml_experience']
  learning_goal: Preferences['learning_goals'][number]
  language: LanguageTag
}

export type ProfileField = keyof Profile

/** The fields in their canonical order, each with its closed list. */
const fields = {
  education_level: educationLevels,
  programming_experience: programmingLevels,
  subject_background: backgroundLevels,
  ai_ml_experience: backgroundLevels,
  learning_goal: learningGoals,
  language: languageTags,
} as const satisfies { [F in ProfileField]: readonly Profile[F][] }

export const profileFields = Object.keys(fields) as ProfileField[]

/** What a section is about, as far as it decides which preferences matter to it. */
export type SectionTraits = { has_code: boolean; about_ai: boolean }

/** The profile that can change one section's rewrite. */
export type ReducedProfile = Partial<Profile> &
  Pick<Profile, 'education_level' | 'subject_background' | 'language'>

/** The profile of a learner with these preferences. */
export function profileOf(preferences: Preferences): Profile {
  const { learning_goals, preferred_language, ...levels } = preferences
  // The schema asks for one goal at least; the fallback is for the type alone.
  return { ...levels, learning_goal: learning_goals[0] ?? 'hobby', language: preferred_language }
}

/** The compact canonical form, in which a profile stands in a URL: "undergraduate.none.basic.none.hobby.en". */
export function formatProfile(profile: Profile): string {
  return profileFields.map((field) => profile[field]).join('.')
}

/** Reads what {@link formatProfile} wrote; nothing for any other text. */
export function parseProfile(text: string): Profile | undefined {
  const values = text.split('.')
  if (values.length !== profileFields.length) return undefined
  const known = profileFields.every((field, i) =>
    (fields[field] as readonly string[]).includes(values[i] ?? ''),
  )
  if (!known) return undefined
  return Object.fromEntries(profileFields.map((field, i) => [field, values[i]])) as Profile
}

/** Preferences that a site may declare to be without influence on its rewrites. */
export const optionalProfileFields = ['programming_experience', 'ai_ml_experience', 'learning_goal'] as const
export type OptionalProfileField = (typeof optionalProfileFields)[number]

/**
 * Drops what cannot matter to a section, so that learners who differ only in that share one rewrite:
 * programming experience only where there is code, AI experience only on AI subjects, and of the optional
 * fields only those that the site lists (all where it lists none).
 */
export function reduceProfile(
  profile: Profile,
  traits: SectionTraits,
  matters: readonly OptionalProfileField[] = optionalProfileFields,
): ReducedProfile {
  const reduced: ReducedProfile = { ...profile }
  if (!traits.has_code || !matters.includes('programming_experience')) delete reduced.programming_experience
  if (!traits.about_ai || !matters.includes('ai_ml_experience')) delete reduced.ai_ml_experience
  if (!matters.includes('learning_goal')) delete reduced.learning_goal
  return reduced
}
