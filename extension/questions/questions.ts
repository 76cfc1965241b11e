import {
  backgroundLevels,
  educationLevels,
  type LanguageTag,
  languages,
  languageTags,
  learningGoals,
  type Preferences,
  programmingLevels,
} from '@lectern/shared'
import { i18n, uiLanguage } from '../locales/i18n.ts'

export type QuestionField = keyof Preferences

/** A value that can be chosen, in the learner's words. `lang` is the language of a label that is not the page's. */
export type Choice = { value: string; label: string; note?: string; lang?: string }

export type Question = { field: QuestionField; title: string; hint: string; choices: readonly Choice[] }

/** The values of each question, in the order they are asked and offered. */
const values = {
  education_level: educationLevels,
  programming_experience: programmingLevels,
  subject_background: backgroundLevels,
  ai_ml_experience: backgroundLevels,
  learning_goals: learningGoals,
  preferred_language: languageTags,
} as const satisfies Record<QuestionField, readonly string[]>

/** The fields of the six questions, in the order they are asked. */
export const questionFields = Object.keys(values) as QuestionField[]

/** The value of a field: of the one that takes several, each. */
type ValueOf<F extends QuestionField> = (typeof values)[F][number]

/** A question with its choices, in the interface's language. */
export function questionOf(field: QuestionField): Question {
  const choices =
    field === 'preferred_language'
      ? languageTags.map(languageChoice)
      : values[field].map((value) => choiceOf(field, value))
  return {
    field,
    title: i18n.t(`questions.${field}.title`),
    hint: i18n.t(`questions.${field}.hint`),
    choices,
  }
}

/** What a chosen value is called; a language by its own name. */
export function labelOf<F extends QuestionField>(field: F, value: ValueOf<F>): string {
  return field === 'preferred_language' ? languages[value as LanguageTag].native : wordOf(`${field}.${value}`)
}

function choiceOf(field: Exclude<QuestionField, 'preferred_language'>, value: string): Choice {
  const label = wordOf(`${field}.${value}`)
  return field === 'learning_goals'
    ? { value, label }
    : { value, label, note: wordOf(`${field}.${value}_note`) }
}

function languageChoice(tag: LanguageTag): Choice {
  const { native, name } = languages[tag]
  const here = new Intl.DisplayNames(uiLanguage(), { type: 'language' }).of(tag) ?? name
  return { value: tag, label: native, lang: tag, ...(native === here ? {} : { note: here }) }
}

/** A key made of a closed value; a test holds that each has its message. */
function wordOf(key: string): string {
  return (i18n.t as (key: string) => string)(`questions.${key}`)
}
