import { type LanguageTag, languages, languageTags, type Preferences } from '@lectern/shared'

export type QuestionField = keyof Preferences

/** A value that can be chosen, in the learner's words. `lang` is the language of a label that is not the page's. */
export type Choice<V extends string = string> = { value: V; label: string; note?: string; lang?: string }

/** The values of a field: of the one that takes several, each. */
type ValueOf<F extends QuestionField> = Preferences[F] extends (infer V extends string)[]
  ? V
  : Extract<Preferences[F], string>

export type Question<F extends QuestionField = QuestionField> = {
  field: F
  title: string
  hint: string
  choices: readonly Choice<ValueOf<F>>[]
}

type Questions = { [F in QuestionField]: Question<F> }

const languageChoices = languageTags.map((tag: LanguageTag): Choice<LanguageTag> => {
  const { native, name } = languages[tag]
  return { value: tag, label: native, lang: tag, ...(native === name ? {} : { note: name }) }
})

/** The six questions, in the order they are asked. */
export const questions: Questions = {
  education_level: {
    field: 'education_level',
    title: 'Where are you in your education?',
    hint: 'Sets how formal and how dense an explanation is.',
    choices: [
      { value: 'high_school', label: 'High school', note: 'before university' },
      { value: 'undergraduate', label: 'Undergraduate', note: 'a first degree' },
      { value: 'graduate', label: 'Graduate', note: 'master’s or doctorate' },
      { value: 'professional', label: 'Professional', note: 'learning at work' },
    ],
  },
  programming_experience: {
    field: 'programming_experience',
    title: 'How much have you programmed?',
    hint: 'Matters only in lessons with code.',
    choices: [
      { value: 'none', label: 'Not at all', note: 'code is new to me' },
      { value: 'beginner', label: 'A little', note: 'small exercises' },
      { value: 'intermediate', label: 'Quite a bit', note: 'programs of my own' },
      { value: 'advanced', label: 'A lot', note: 'for years, or for a living' },
    ],
  },
  subject_background: {
    field: 'subject_background',
    title: 'How much do you know of the subject you study?',
    hint: 'The less you know, the more is explained before it is used.',
    choices: [
      { value: 'none', label: 'Nothing yet', note: 'I am starting' },
      { value: 'basic', label: 'The basics', note: 'I know the main words' },
      { value: 'intermediate', label: 'A fair part', note: 'I had a course in it' },
      { value: 'advanced', label: 'Most of it', note: 'I am refreshing' },
    ],
  },
  ai_ml_experience: {
    field: 'ai_ml_experience',
    title: 'How well do you know AI and machine learning?',
    hint: 'Matters only in lessons about AI.',
    choices: [
      { value: 'none', label: 'Not at all', note: 'it is new to me' },
      { value: 'basic', label: 'The basics', note: 'I have used it' },
      { value: 'intermediate', label: 'Fairly well', note: 'I have trained a model' },
      { value: 'advanced', label: 'Very well', note: 'I work in it' },
    ],
  },
  learning_goals: {
    field: 'learning_goals',
    title: 'What do you learn for?',
    hint: 'Choose one or more. The first one you choose counts most.',
    choices: [
      { value: 'career_change', label: 'A new career' },
      { value: 'research', label: 'Research' },
      { value: 'hobby', label: 'The joy of it' },
      { value: 'teaching', label: 'Teaching' },
      { value: 'building_projects', label: 'Building things' },
    ],
  },
  preferred_language: {
    field: 'preferred_language',
    title: 'Which language do you want to read in?',
    hint: 'Code, formulas and figures stay as the author made them.',
    choices: languageChoices,
  },
}

export const questionFields = Object.keys(questions) as QuestionField[]

/** What a chosen value is called. */
export function labelOf<F extends QuestionField>(field: F, value: ValueOf<F>): string {
  return questions[field].choices.find((choice) => choice.value === value)?.label ?? value
}
