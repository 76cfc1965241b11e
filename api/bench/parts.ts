import { measureColdClass } from './cold-class.ts'
import { measureEditedLesson } from './edited-lesson.ts'
import type { Bench } from './environment.ts'
import { measureFirstBlock } from './first-block.ts'
import { type HitTargets, measureHits, prepareHits } from './hit-rates.ts'
import { measureKilledLeader } from './killed-leader.ts'
import { measureLongLesson } from './long-lesson.ts'
import type { Row } from './report.ts'
import {
  coldClassRows,
  editedLessonRows,
  firstBlockRows,
  hitRows,
  killedLeaderRows,
  longLessonRows,
} from './rows.ts'

/** What can be measured by itself: `rows` tells of all runs so far. */
export type BenchPart = { run(bench: Bench): Promise<void>; rows(): Row[] }

const parts: Record<string, () => BenchPart> = {
  hits: hitsPart,
  'first-block': () => partOf(measureFirstBlock, firstBlockRows),
  'long-lesson': () => partOf(measureLongLesson, longLessonRows),
  'cold-class': () => partOf(measureColdClass, coldClassRows),
  'leader-killed': killedLeaderPart,
  'edited-lesson': () => partOf(measureEditedLesson, editedLessonRows),
}

export const partNames: readonly string[] = Object.keys(parts)

/** The parts of these names, in the order in which they always run. */
export function startParts(names: readonly string[]): BenchPart[] {
  return Object.entries(parts).flatMap(([name, start]) => (names.includes(name) ? [start()] : []))
}

function partOf<Result>(
  measure: (bench: Bench) => Promise<Result>,
  rowsOf: (runs: readonly Result[]) => Row[],
): BenchPart {
  const runs: Result[] = []
  return { run: async (bench) => void runs.push(await measure(bench)), rows: () => rowsOf(runs) }
}

/** Each run kills two leaders: one whose followers hear of what it makes, and one whose followers look each second. */
function killedLeaderPart(): BenchPart {
  return partOf(
    async (bench) => ({
      heard: await measureKilledLeader(bench, true),
      looked: await measureKilledLeader(bench, false),
    }),
    (runs) => [
      ...killedLeaderRows(
        runs.map(({ heard }) => heard),
        'with LISTEN',
      ),
      ...killedLeaderRows(
        runs.map(({ looked }) => looked),
        'without',
      ),
    ],
  )
}

/** All runs ask for the same lesson, which is stored before the first. */
function hitsPart(): BenchPart {
  let targets: HitTargets | undefined
  return partOf(
    async (bench) => {
      targets ??= await prepareHits(bench)
      return { samples: await measureHits(bench, targets), targets }
    },
    (runs) =>
      runs[0] === undefined
        ? []
        : hitRows(
            runs.map(({ samples }) => samples),
            runs[0].targets,
          ),
  )
}
