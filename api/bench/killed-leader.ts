import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { readConfig } from '../src/config.ts'
import type { Bench } from './environment.ts'
import { freshTopic, makeLesson } from './lesson.ts'
import { streamLesson } from './stream-client.ts'

const PACE = { ttft_ms: 300, tokens_per_second: 50 }
const SECTIONS = 8
const FOLLOWERS = 100
/** How long the heartbeat of whoever took over may take to be seen, beside lease and generation. */
const PATIENCE_S = 1.5
const LOOK_MS = 20

/** What became of a class whose lesson's maker was killed with kill -9, in seconds. */
export type KilledLeader = {
  leaseS: number
  /** What it takes to make the same lesson where nobody is killed. */
  generationS: number
  /** From the kill until the last follower had the whole lesson. */
  lastS: number
  /** Lease, patience and one generation: no follower may take longer. */
  boundS: number
  failed: number
  calls: number
  sections: number
}

/** Two processes: one makes a lesson, a hundred readers of the other follow it, and the one is killed on the way. */
export async function measureKilledLeader(bench: Bench, listens: boolean): Promise<KilledLeader> {
  await using resources = new AsyncDisposableStack()
  const [leader, follower] = await bench.startTwo(resources, listens)
  const { model, learner } = bench
  await model.configure(PACE)
  const begun = performance.now()
  const { endedAt } = await streamLesson(leader.url, freshLesson(), learner)
  const generationS = (endedAt - begun) / 1000

  await model.configure(PACE)
  const lesson = freshLesson()
  const led = streamLesson(leader.url, lesson, learner).catch(() => undefined)
  await until(async () => (await model.calls()) === SECTIONS)
  const followers = Array.from({ length: FOLLOWERS }, () => streamLesson(follower.url, lesson, learner))
  await until(() => isUnderWay(bench))
  await leader.kill()
  const killed = performance.now()
  await led
  const results = await Promise.all(followers)
  const { leaseMs } = readConfig({})
  const leaseS = leaseMs / 1000
  return {
    leaseS,
    generationS,
    lastS: (Math.max(...results.map((result) => result.endedAt)) - killed) / 1000,
    boundS: leaseS + PATIENCE_S + generationS,
    failed: results.filter(({ ended }) => ended !== 'done').length,
    calls: await model.calls(),
    sections: SECTIONS,
  }
}

function freshLesson(): string {
  return JSON.stringify(makeLesson(freshTopic('a kill'), SECTIONS).body)
}

/** Whether something of what is being made was given to those who follow. */
async function isUnderWay({ tables }: Bench): Promise<boolean> {
  const rows = await tables.read(() =>
    tables.orm.execute(sql`select from rewrite_leases join rewrite_steps using (run) limit 1`),
  )
  return rows.length > 0
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(LOOK_MS)
}
