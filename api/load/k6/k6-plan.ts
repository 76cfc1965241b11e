import { type BlockLesson, formatProfile, type Preferences, profileOf } from '@lectern/shared'
import type { Pair, Plan, ScenarioName } from '../scenarios/plan.ts'

/** A plan as the k6 script reads it: data alone, since k6 has no packages to cut and hash lessons with. */
export type K6Plan = {
  scenario: ScenarioName
  lessons: { hash: string; body: BlockLesson }[]
  learners: { profile: string; preferences: Preferences }[]
  stored: Pair[]
  /** Parts of the scenario: when its visits come, and which of `visits` these are. */
  parts: { part: string; startMs: number; spanMs: number; from: number; count: number }[]
  /** Who comes, part by part, each in order of time. */
  visits: Pair[]
}

/** The same plan for k6, whose clock lets the visits of a part come evenly. */
export function k6PlanOf({ scenario, lessons, learners, stored, visits }: Plan): K6Plan {
  const byPart = [...Map.groupBy(visits, ({ part }) => part)]
  let from = 0
  return {
    scenario,
    lessons: lessons.map(({ hash, body }) => ({ hash, body })),
    learners: learners.map((preferences) => ({
      profile: formatProfile(profileOf(preferences)),
      preferences,
    })),
    stored,
    parts: byPart.map(([part, all]) => {
      const count = all.length
      const [first, last] = [all[0]?.at ?? 0, all.at(-1)?.at ?? 0]
      from += count
      return {
        part,
        startMs: Math.floor(first),
        spanMs: Math.max(Math.ceil(last - first), 1_000),
        from: from - count,
        count,
      }
    }),
    visits: byPart.flatMap(([, all]) => all.map(({ learner, lesson }) => ({ learner, lesson }))),
  }
}
