import type { Preferences } from '@lectern/shared'
import { type Random, weighted } from './seeded-random.ts'

type Shares<T extends string> = Readonly<Partial<Record<T, number>>>

/**
 * Who takes a university's introductory course, in percent by question, drawn independently of one another: a stated
 * assumption, no survey. Two learners in three differ in something that matters to a lesson with code.
 */
export const population = {
  education_level: { high_school: 3, undergraduate: 82, graduate: 10, professional: 5 },
  programming_experience: { none: 15, beginner: 55, intermediate: 25, advanced: 5 },
  subject_background: { none: 35, basic: 45, intermediate: 17, advanced: 3 },
  ai_ml_experience: { none: 35, basic: 45, intermediate: 16, advanced: 4 },
  learning_goals: { building_projects: 45, career_change: 20, research: 15, hobby: 15, teaching: 5 },
  preferred_language: { en: 88, ur: 4, es: 3, zh: 2, ar: 2, de: 1 },
} as const satisfies {
  [Field in keyof Preferences]: Shares<
    Preferences[Field] extends readonly (infer One extends string)[] ? One : Preferences[Field] & string
  >
}

/** The best case, in which a whole class shares each rewrite. */
export const oneProfile: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'basic',
  ai_ml_experience: 'basic',
  learning_goals: ['building_projects'],
  preferred_language: 'en',
}

/** The answers of one learner of the population. */
export function drawPreferences(random: Random): Preferences {
  const draw = <T extends string>(shares: Readonly<Partial<Record<T, number>>>): T =>
    weighted(random, Object.entries(shares) as [T, number][])
  return {
    education_level: draw(population.education_level),
    programming_experience: draw(population.programming_experience),
    subject_background: draw(population.subject_background),
    ai_ml_experience: draw(population.ai_ml_experience),
    learning_goals: [draw(population.learning_goals)],
    preferred_language: draw(population.preferred_language),
  }
}
