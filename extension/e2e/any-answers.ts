import type { Preferences } from '@lectern/shared'

/** The answers of a learner of whom a test says no more. */
export const anyAnswers: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}
