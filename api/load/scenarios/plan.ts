import { type Preferences, profileOf, reduceProfile, traitsOf } from '@lectern/shared'
import type { ComposedLesson } from './compose-lesson.ts'

export const scenarioNames = ['warm', 'class', 'book', 'edit', 'soak', 'spike'] as const
export type ScenarioName = (typeof scenarioNames)[number]

/** What a visit belongs to in the report: each part has figures of its own. */
export type Part = 'cached' | 'class' | 'book' | 'before' | 'during' | 'after'

/** A learner opens a lesson, `at` milliseconds from the start; one who `leaves` goes after so many milliseconds. */
export type Visit = { at: number; learner: number; lesson: number; part: Part; leaves?: number }

/** A lesson as one of the learners sees it; both are places in the lists of the plan. */
export type Pair = { learner: number; lesson: number }

/** All that is going to happen, before any of it does: who exists, what is stored already, who comes when. */
export type Plan = {
  scenario: ScenarioName
  lessons: ComposedLesson[]
  learners: Preferences[]
  stored: Pair[]
  /** In order of time. */
  visits: Visit[]
  /** In which the visits begin. */
  seconds: number
}

/** The rewrites that these pairs need: one key for each section and what of the profile matters to it. */
export function rewriteKeys(plan: Pick<Plan, 'lessons' | 'learners'>, pairs: Iterable<Pair>): Set<string> {
  const keys = new Set<string>()
  const seen = new Set<number>()
  for (const { learner, lesson } of pairs) {
    const pair = learner * plan.lessons.length + lesson
    if (seen.has(pair)) continue
    seen.add(pair)
    const [preferences, composed] = [plan.learners[learner], plan.lessons[lesson]]
    if (preferences === undefined || composed === undefined) continue
    for (const key of keysOf(preferences, composed)) keys.add(key)
  }
  return keys
}

/** How many rewrites have to be made for these visits, each once. */
export function countGenerations(plan: Plan, visits: Iterable<Pair> = plan.visits): number {
  const stored = rewriteKeys(plan, plan.stored)
  return [...rewriteKeys(plan, visits)].filter((key) => !stored.has(key)).length
}

function keysOf(preferences: Preferences, { lesson, sections, body }: ComposedLesson): string[] {
  const profile = profileOf(preferences)
  return sections.map((section, i) => {
    const reduced = reduceProfile(profile, traitsOf(section, lesson.title))
    return `${body.sections[i]?.hash} ${JSON.stringify(reduced)}`
  })
}
