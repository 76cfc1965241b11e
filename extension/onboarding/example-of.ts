import { type AdditionKind, type LanguageTag, languages, type Preferences } from '@lectern/shared'
import type { Draft } from '../questions/draft.ts'
import { type ExampleParts, exampleTexts } from './example-texts.ts'

export type ExampleAddition = { kind: AdditionKind; text: string }

/** The example lesson as it would be rewritten under some answers. */
export type Example = {
  language: LanguageTag
  direction: 'ltr' | 'rtl'
  title: string
  paragraph: string
  /** What stands between the paragraph and the code, and after the code. */
  before: ExampleAddition[]
  after: ExampleAddition[]
  /** Whether this language has more than the main paragraph. */
  whole: boolean
}

/** The example for the answers so far; a question without an answer changes nothing in it. */
export function exampleOf(draft: Draft): Example {
  const language = draft.preferred_language ?? 'en'
  const text = exampleTexts[language]
  const main = text[mainTextOf(draft.subject_background)]
  const { parts } = text
  const formally = parts !== undefined && draft.education_level === 'graduate' ? ` ${parts.formally}` : ''
  return {
    language,
    direction: languages[language].direction,
    title: text.title,
    paragraph: main + formally,
    ...(parts === undefined ? { before: [], after: [] } : additionsOf(draft, parts)),
    whole: parts !== undefined,
  }
}

function mainTextOf(
  background: Preferences['subject_background'] | undefined,
): 'explained' | 'plain' | 'brief' {
  if (background === 'none') return 'explained'
  return background === 'advanced' ? 'brief' : 'plain'
}

function additionsOf(
  draft: Draft,
  parts: ExampleParts,
): { before: ExampleAddition[]; after: ExampleAddition[] } {
  const goal = draft.learning_goals?.[0]
  return {
    before: draft.ai_ml_experience === 'none' ? [{ kind: 'background', text: parts.background }] : [],
    after: [
      ...codeNote(draft.programming_experience, parts),
      ...levelNote(draft.education_level, parts),
      ...(goal === undefined ? [] : [{ kind: 'example' as const, text: parts.goals[goal] }]),
    ],
  }
}

function codeNote(experience: Draft['programming_experience'], parts: ExampleParts): ExampleAddition[] {
  if (experience === 'none') return [{ kind: 'background', text: parts.code_new }]
  return experience === 'beginner' ? [{ kind: 'background', text: parts.code_beginner }] : []
}

function levelNote(level: Draft['education_level'], parts: ExampleParts): ExampleAddition[] {
  switch (level) {
    case 'high_school':
      return [{ kind: 'analogy', text: parts.analogy }]
    case 'undergraduate':
      return [{ kind: 'check', text: parts.check }]
    case 'professional':
      return [{ kind: 'summary', text: parts.summary }]
    default:
      return []
  }
}
