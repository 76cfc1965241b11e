import { type Profile, type ProfileField, parseProfile, profileFields } from '@lectern/shared'
import { i18n } from '../../locales/i18n.ts'
import { type Choice, labelOf, type QuestionField, questionOf } from '../../questions/questions.ts'

/** The question that a field of the profile answers. */
const questions = {
  education_level: 'education_level',
  programming_experience: 'programming_experience',
  subject_background: 'subject_background',
  ai_ml_experience: 'ai_ml_experience',
  learning_goal: 'learning_goals',
  language: 'preferred_language',
} as const satisfies Record<ProfileField, QuestionField>

/** What a field is called beside its value. */
export function fieldLabel(field: ProfileField): string {
  return i18n.t(`staff.warmups.fields.${field}`)
}

/** The values that a field can have, in the words of its question. */
export function fieldChoices(field: ProfileField): readonly Choice[] {
  return questionOf(questions[field]).choices
}

/** A profile in words; as it stands where it is none that is known here. */
export function profileText(profile: string): string {
  const known = parseProfile(profile)
  if (known === undefined) return profile
  return profileFields.map((field) => `${fieldLabel(field)}: ${valueLabel(known, field)}`).join(' · ')
}

function valueLabel(profile: Profile, field: ProfileField): string {
  return labelOf(questions[field], profile[field])
}
