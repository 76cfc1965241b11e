import type { Bench } from './environment.ts'
import { freshTopic, makeLesson } from './lesson.ts'
import { type StreamResult, streamLesson } from './stream-client.ts'

const PACE = { ttft_ms: 300, tokens_per_second: 50 }
const SECTIONS = 8
const REQUESTS = 500

/** What a class that asks for a new lesson at the same time costs, over two processes. */
export type ColdClass = {
  sections: number
  calls: number
  failed: number
  queries: number
  /** How far behind the first reader the others are, at each block: the 99th percentile, in milliseconds. */
  behindP99Ms: number
  cpuUs: number
  loopLagP99Ms: number
}

export async function measureColdClass(bench: Bench): Promise<ColdClass> {
  const { model, memory, database, learner } = bench
  await model.configure(PACE)
  const { body } = makeLesson(freshTopic('a class'), SECTIONS)
  const text = JSON.stringify(body)
  await Promise.all([memory.usage(), database.usage()])
  const results = await Promise.all(
    Array.from({ length: REQUESTS }, (_, i) =>
      streamLesson((i % 2 === 0 ? memory : database).url, text, learner),
    ),
  )
  const usages = await Promise.all([memory.usage(), database.usage()])
  const sum = (of: (usage: (typeof usages)[number]) => number) =>
    usages.reduce((all, one) => all + of(one), 0)
  return {
    sections: SECTIONS,
    calls: await model.calls(),
    failed: results.filter(({ ended }) => ended !== 'done').length,
    queries: sum(({ reads, writes }) => reads + writes),
    behindP99Ms: percentile(delays(results), 0.99),
    cpuUs: sum(({ cpuUs }) => cpuUs) / REQUESTS,
    loopLagP99Ms: Math.max(...usages.map(({ lagP99Ms }) => lagP99Ms)),
  }
}

/** Of each block that arrived: how long after the first reader had it. */
function delays(results: readonly StreamResult[]): number[] {
  const blocks = results.flatMap(({ arrivals }) => arrivals.filter(({ name }) => name === 'block'))
  const byPlace = Map.groupBy(blocks, ({ section, block }) => section * 1000 + block)
  return [...byPlace.values()].flatMap((arrivals) => {
    const first = Math.min(...arrivals.map(({ at }) => at))
    return arrivals.map(({ at }) => at - first)
  })
}

function percentile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * share) - 1] ?? NaN
}
