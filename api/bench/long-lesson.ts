import { sql } from 'drizzle-orm'
import type { Bench } from './environment.ts'
import { type BenchLesson, freshTopic, makeLesson } from './lesson.ts'
import { streamLesson } from './stream-client.ts'

const PACE = { ttft_ms: 300, tokens_per_second: 50 }
const SECTIONS = 36

/**
 * Seconds for a lesson of some 40 KB, whose sections are made at the same time: as it was, at the least (the first
 * token, then the longest section at the model's pace), and by one call for the whole. `cpuUs` is what the API's
 * process has used meanwhile, for `tokens` of the model.
 */
export type LongLesson = {
  kilobytes: number
  wallS: number
  leastS: number
  oneCallS: number
  cpuUs: number
  tokens: number
}

export async function measureLongLesson(bench: Bench): Promise<LongLesson> {
  await bench.model.configure(PACE)
  const lesson = makeLesson(freshTopic('length'), SECTIONS)
  await bench.memory.usage()
  const asked = performance.now()
  const { ended, endedAt } = await streamLesson(bench.memory.url, JSON.stringify(lesson.body), bench.learner)
  if (ended !== 'done') throw new Error(`The long lesson ended as ${ended}.`)
  const { cpuUs } = await bench.memory.usage()
  const { longest, all } = await tokensOf(bench, lesson)
  const seconds = (tokens: number) => PACE.ttft_ms / 1000 + tokens / PACE.tokens_per_second
  return {
    kilobytes: lesson.bytes / 1024,
    wallS: (endedAt - asked) / 1000,
    leastS: seconds(longest),
    oneCallS: seconds(all),
    cpuUs,
    tokens: all,
  }
}

async function tokensOf({ tables }: Bench, { hash }: BenchLesson): Promise<{ longest: number; all: number }> {
  const [tokens] = await tables.read(() =>
    tables.orm.execute<{ longest: number; all: number }>(sql`
      select max(completion_tokens)::int as longest, sum(completion_tokens)::int as all
      from lessons join personalized_content_cache on section_hash = any (section_hashes)
      where lesson_hash = ${hash}`),
  )
  if (tokens === undefined) throw new Error('The long lesson was not stored.')
  return tokens
}
