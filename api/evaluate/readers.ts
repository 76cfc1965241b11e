import type { Profile } from '@lectern/shared'

/** A kind of reader for whom lessons are rewritten to be judged. */
export type EvaluationReader = { name: string; profile: Profile }

const common = {
  programming_experience: 'beginner',
  ai_ml_experience: 'none',
  learning_goal: 'hobby',
} as const

const beginner = { ...common, subject_background: 'none' } as const
const expert = { ...common, programming_experience: 'advanced', subject_background: 'advanced' } as const

/**
 * The readers of an evaluation: both ends of what is known of the subject, every education level (readability should
 * follow it), and a translation.
 */
export const evaluationReaders: readonly EvaluationReader[] = [
  { name: 'school', profile: { ...beginner, education_level: 'high_school', language: 'en' } },
  { name: 'beginner', profile: { ...beginner, education_level: 'undergraduate', language: 'en' } },
  { name: 'graduate', profile: { ...beginner, education_level: 'graduate', language: 'en' } },
  { name: 'expert', profile: { ...expert, education_level: 'professional', language: 'en' } },
  { name: 'urdu', profile: { ...beginner, education_level: 'undergraduate', language: 'ur' } },
]
