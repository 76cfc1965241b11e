import { setTimeout as delay } from 'node:timers/promises'
import type { LearnerClient } from './client/learner-client.ts'
import { percentile } from './measure/percentile.ts'
import type { ProcessSampler } from './measure/sample-processes.ts'
import type { Plan, Visit } from './scenarios/plan.ts'

/** What a cached visit costs, by how many processes serve; `ratio` is that of the last to the first. */
export type Scaling = {
  counts: { processes: number; cpuUs: number; runs: number[]; visits: number }[]
  ratio?: number
}

export type PhaseParts = {
  plan: Plan
  counts: readonly number[]
  client: LearnerClient
  sampler: ProcessSampler
  play: (visits: Visit[], offset: number) => Promise<void>
  signal: AbortSignal
}

/** Each count has so many turns: what disturbs the machine disturbs those alike that are compared. */
const TURNS = 5

/**
 * Plays a plan of cached visits by turns to the first so many processes, each of which gets the plan's rate. Gives
 * microseconds of the API's CPU by visit, the median of the turns.
 */
export async function comparePhases({
  plan,
  counts,
  client,
  sampler,
  play,
  signal,
}: PhaseParts): Promise<Scaling> {
  const turns = counts.length === 1 ? 1 : TURNS
  const length = (plan.seconds * 1000) / turns
  const runs = counts.map((): number[] => [])
  let [offset, visits] = [0, 0]
  for (let turn = 0; turn < turns && !signal.aborted; turn++)
    for (const [i, count] of counts.entries()) {
      client.useFirst(count)
      const phase = times(
        plan.visits.filter(({ at }) => at >= turn * length && at < (turn + 1) * length),
        count,
        turn * length,
      )
      await sampler.sample()
      const before = cpuOf(sampler, count)
      await play(phase, offset)
      await sampler.sample()
      runs[i]?.push(((cpuOf(sampler, count) - before) / phase.length) * 1e6)
      offset += length
      visits += phase.length
      await delay(100)
    }
  const judged = counts.map((processes, i) => ({
    processes,
    runs: runs[i] ?? [],
    cpuUs: percentile(runs[i] ?? [], 0.5) ?? Number.NaN,
    visits,
  }))
  const ratios = (runs.at(-1) ?? []).flatMap((last, turn) => {
    const first = runs[0]?.[turn]
    return first === undefined ? [] : [last / first]
  })
  const ratio = counts.length > 1 ? percentile(ratios, 0.5) : undefined
  return { counts: judged, ...(ratio !== undefined && { ratio }) }
}

/** The same visits at so many times the rate: copies between, by other learners' places in the order. */
function times(visits: readonly Visit[], count: number, from: number): Visit[] {
  const copies = visits.flatMap((visit, i) => {
    const next = visits[i + 1]?.at ?? visit.at
    return Array.from({ length: count }, (_, copy) => ({
      ...visit,
      at: visit.at - from + ((next - visit.at) * copy) / count,
    }))
  })
  return copies
}

function cpuOf({ series }: ProcessSampler, count: number): number {
  return series.slice(0, count).reduce((sum, { samples }) => sum + (samples.at(-1)?.cpuS ?? 0), 0)
}
