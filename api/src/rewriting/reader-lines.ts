import type { ReducedProfile } from '@lectern/shared'
import type { RewriteTask } from './ports.ts'

const education: Record<ReducedProfile['education_level'], string> = {
  high_school:
    'a high-school student: short sentences, everyday words, every technical term explained at its first use',
  undergraduate: 'an undergraduate: clear sentences, technical terms explained where they are first used',
  graduate: 'a graduate student: precise and dense, technical terms used freely',
  professional: 'a working professional: direct and practical, no school-book tone',
}

const background: Record<ReducedProfile['subject_background'], string> = {
  none: 'is new to the subject: explain each step and say why it is done; add background for what the lesson takes for granted, and an analogy or a worked example for what is abstract',
  basic:
    'knows the basics of the subject: explain what goes beyond them; an example helps where it gets hard',
  intermediate: 'knows the subject fairly well: keep explanations short, keep only what carries the argument',
  advanced: 'knows the subject well: explain nothing that is basic, be short and exact',
}

const programming: Record<NonNullable<ReducedProfile['programming_experience']>, string> = {
  none: 'has never programmed: say in words what the code does',
  beginner: 'has begun to program: explain what the code does and why',
  intermediate: 'programs regularly: explain only what is unusual in the code',
  advanced: 'programs professionally: never explain code that speaks for itself',
}

const ai: Record<NonNullable<ReducedProfile['ai_ml_experience']>, string> = {
  none: 'has no experience with AI or machine learning',
  basic: 'has used AI tools and knows the main ideas',
  intermediate: 'has built something with machine learning',
  advanced: 'works with machine learning',
}

const goals: Record<NonNullable<ReducedProfile['learning_goal']>, string> = {
  career_change:
    'wants to change career: say where a skill is used at work, if the lesson gives ground for it',
  research: 'wants to do research: keep definitions, assumptions and limits exact',
  hobby: 'learns out of interest',
  teaching: 'wants to teach this: say what learners commonly get wrong, if the lesson gives ground for it',
  building_projects: 'wants to build things: say what a step is good for in practice',
}

const adjustments: Record<RewriteTask['adjustment'], string[]> = {
  [-1]: [
    'This reader found the usual version too hard. Write it SIMPLER: one idea in a sentence, common words, each step by itself, every term said again in plain words; an example before the general rule.',
  ],
  0: [],
  1: [
    'This reader found the usual version too easy. Go DEEPER: say why things hold and under which conditions, in exact terms, as far as the section gives ground for it; leave out what is obvious.',
  ],
}

/** By variant, from 0. */
const wordings: readonly string[][] = [
  [],
  [
    'Choose ANOTHER WORDING than the obvious one: begin each explanation with what a thing is for, then say what it is; build every sentence anew, and leave only headings as they are.',
  ],
  [
    'Choose ANOTHER WORDING than the obvious ones: begin each explanation with one concrete case, then say what holds in general; build every sentence anew, with other examples and comparisons, and leave only headings as they are.',
  ],
]

/** Who the reader is, as far as it counts for every section of a lesson. */
export function readerLines({
  profile,
  adjustment,
  variant,
}: Pick<RewriteTask, 'profile' | 'adjustment' | 'variant'>): string[] {
  return [
    `THE READER is ${education[profile.education_level]}.`,
    `The reader ${background[profile.subject_background]}.`,
    ...adjustments[adjustment],
    ...(wordings[variant] ?? []),
  ]
}

/** What of the reader counts for some sections only. */
export function sectionReaderLines(profile: ReducedProfile): string[] {
  const { programming_experience, ai_ml_experience, learning_goal } = profile
  return [
    ...(programming_experience === undefined ? [] : [`The reader ${programming[programming_experience]}.`]),
    ...(ai_ml_experience === undefined ? [] : [`The reader ${ai[ai_ml_experience]}.`]),
    ...(learning_goal === undefined ? [] : [`The reader ${goals[learning_goal]}.`]),
  ]
}
