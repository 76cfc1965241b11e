import type { ColdClass } from './cold-class.ts'
import type { EditedLesson } from './edited-lesson.ts'
import type { FirstBlock } from './first-block.ts'
import type { HitKind, HitSamples, HitTargets, Sample } from './hit-rates.ts'
import type { KilledLeader } from './killed-leader.ts'
import type { LongLesson } from './long-lesson.ts'
import { median, type Row } from './report.ts'

/** The whitelist is read once a second, however many ask, and the history written every five. */
const SHARED_QUERIES = 0.05

/** What hits take, and how that compares. */
export function hitRows(runs: readonly HitSamples[], targets: HitTargets): Row[] {
  const kinds = Object.keys(targets) as HitKind[]
  const of = (kind: HitKind, figure: (sample: Sample) => number) =>
    runs.map((hits) => median(hits[kind].map(figure)))
  // Of neighbours in time, since the machine is not the same a minute later.
  const ratio = (of: HitKind, to: HitKind, figure: (one: Sample, other: Sample) => number) =>
    runs.map((hits) =>
      median(hits[of].flatMap((sample, i) => (hits[to][i] ? [figure(sample, hits[to][i])] : []))),
    )
  const compared = (kind: HitKind, to: HitKind, unit: string, atLeast?: number): Row[] => {
    const goal = atLeast !== undefined && { goal: { atLeast } }
    const { name } = targets[kind]
    const rates = ratio(kind, to, (one, other) => one.rate / other.rate)
    const cpu = ratio(kind, to, (one, other) => other.cpuUs / one.cpuUs)
    return [
      { name: `${name}: its rate`, unit, runs: rates, ...goal },
      { name: `${name}: by CPU`, unit, runs: cpu, ...goal },
    ]
  }
  const queries = (kind: HitKind, most: number): Row => ({
    name: `${targets[kind].name}: queries`,
    unit: 'an answer',
    runs: of(kind, ({ reads, writes }) => reads + writes),
    goal: { atMost: most + SHARED_QUERIES },
  })
  return [
    ...kinds.flatMap((kind): Row[] => [
      { name: targets[kind].name, unit: 'answers/s', runs: of(kind, ({ rate }) => rate) },
      { name: targets[kind].name, unit: 'CPU µs', runs: of(kind, ({ cpuUs }) => cpuUs) },
    ]),
    {
      name: 'answers that failed',
      unit: 'count',
      runs: runs.map((hits) =>
        kinds.reduce((sum, kind) => hits[kind].reduce((all, { failed }) => all + failed, sum), 0),
      ),
      goal: { exactly: 0 },
    },
    ...compared('hash', 'bare', 'of bare GET', 0.9),
    ...compared('post', 'floor', 'of floor', 1),
    // PostgreSQL, the client and the API share the machine's cores: this is what no hit from there can exceed.
    ...compared('databaseQuery', 'databaseFloor', 'of floor'),
    ...compared('databaseHash', 'databaseFloor', 'of floor', 0.55),
    ...compared('databasePost', 'databaseFloor', 'of floor', 0.55),
    queries('hash', 0),
    queries('events', 0),
    queries('post', 0),
    queries('databaseHash', 1),
    queries('databasePost', 1),
  ]
}

/** What a lesson's first block takes beside a direct call. */
export function firstBlockRows(runs: readonly FirstBlock[]): Row[] {
  const row = (name: string, figure: (run: FirstBlock) => number, atMost?: number): Row => ({
    name,
    unit: 'ms',
    runs: runs.map(figure),
    ...(atMost !== undefined && { goal: { atMost } }),
  })
  return [
    row('first block of a direct call', ({ directAlone }) => directAlone),
    row('first block, over a direct call', ({ overAlone }) => overAlone, 10),
    row('first block of 100 direct calls at once', ({ directMany }) => directMany),
    row('first block at 100 streams, over 100 direct calls', ({ overMany }) => overMany, 80),
  ]
}

/** What a long lesson takes that has to be made. */
export function longLessonRows(runs: readonly LongLesson[]): Row[] {
  const row = (name: string, unit: string, figure: (run: LongLesson) => number, atMost?: number): Row => ({
    name,
    unit,
    runs: runs.map(figure),
    ...(atMost !== undefined && { goal: { atMost } }),
  })
  return [
    row('a long lesson', 'KB', ({ kilobytes }) => kilobytes),
    row('a long lesson: one call for the whole, by its tokens', 's', ({ oneCallS }) => oneCallS),
    row('a long lesson', 's', ({ wallS }) => wallS),
    row(
      'a long lesson: over its first token and longest section',
      'times',
      ({ wallS, leastS }) => wallS / leastS,
      1.15,
    ),
    row('a long lesson: CPU', 'µs a token', ({ cpuUs, tokens }) => cpuUs / tokens),
  ]
}

/** What a class takes that asks for a new lesson at the same time. */
export function coldClassRows(runs: readonly ColdClass[]): Row[] {
  const row = (name: string, unit: string, figure: (run: ColdClass) => number, goal?: Row['goal']): Row => ({
    name: `500 cold requests${name}`,
    unit,
    runs: runs.map(figure),
    ...(goal && { goal }),
  })
  return [
    row(', 2 processes: calls a section', 'calls', ({ calls, sections }) => calls / sections, { exactly: 1 }),
    row(': failed', 'count', ({ failed }) => failed, { exactly: 0 }),
    row(': behind the first reader, p99', 'ms', ({ behindP99Ms }) => behindP99Ms, { atMost: 60 }),
    row(': queries', 'in all', ({ queries }) => queries),
    row(': CPU', 'µs each', ({ cpuUs }) => cpuUs),
    row(': event loop behind, p99', 'ms', ({ loopLagP99Ms }) => loopLagP99Ms),
  ]
}

/** What a class waits for whose lesson's maker is killed; `how` the processes hear of each other. */
export function killedLeaderRows(runs: readonly KilledLeader[], how: string): Row[] {
  const row = (
    name: string,
    unit: string,
    figure: (run: KilledLeader) => number,
    goal?: Row['goal'],
  ): Row => ({
    name: `kill -9 of the leader, ${how}: ${name}`,
    unit,
    runs: runs.map(figure),
    ...(goal && { goal }),
  })
  return [
    row('lease', 's', ({ leaseS }) => leaseS),
    row('one generation', 's', ({ generationS }) => generationS),
    row('lease + 1.5 s + one generation', 's', ({ boundS }) => boundS),
    row('last of 100 followers', 's', ({ lastS }) => lastS),
    row('last of 100 followers', 'of bound', ({ lastS, boundS }) => lastS / boundS, { atMost: 1 }),
    row('failed', 'count', ({ failed }) => failed, { exactly: 0 }),
    // One that was lost with its maker, and one that was heard to its end.
    row('calls a section', 'calls', ({ calls, sections }) => calls / sections, { exactly: 2 }),
  ]
}

/** What an edit of a stored lesson takes. */
export function editedLessonRows(runs: readonly EditedLesson[]): Row[] {
  return [
    {
      name: 'an edit of 3 of 12 sections: calls',
      unit: 'calls',
      runs: runs.map(({ calls }) => calls),
      goal: { exactly: runs[0]?.edited ?? 0 },
    },
  ]
}
