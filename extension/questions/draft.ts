import { languageOf, type Preferences, primaryLanguage } from '@lectern/shared'
import { type QuestionField, questionFields } from './questions.ts'

/** Answers so far; a field that is not there was not answered. */
export type Draft = Partial<Preferences>

/** What is answered before the first question: the language, as the browser speaks it. */
export function firstDraft(browserLanguage: string): Draft {
  if (languageOf(browserLanguage) === undefined) return {}
  return { preferred_language: primaryLanguage(browserLanguage) as Preferences['preferred_language'] }
}

/** Answers under which nothing that a learner needs is left out. */
const safeAnswers: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'none',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}

/** The draft with a safe answer to every question that was skipped. */
export function withSafeAnswers(draft: Draft): Preferences {
  const answered = questionFields.filter((field) => isAnswered(draft, field))
  return { ...safeAnswers, ...Object.fromEntries(answered.map((field) => [field, draft[field]])) }
}

/** Whether a question has an answer. */
export function isAnswered(draft: Draft, field: QuestionField): boolean {
  return draft[field] !== undefined && draft[field].length > 0
}

/** The draft as preferences, once every question has an answer. */
export function answersOf(draft: Draft): Preferences | undefined {
  return questionFields.every((field) => isAnswered(draft, field)) ? (draft as Preferences) : undefined
}
