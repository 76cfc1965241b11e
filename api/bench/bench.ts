import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureColdClass } from './cold-class.ts'
import { measureEditedLesson } from './edited-lesson.ts'
import { openBench } from './environment.ts'
import { measureFirstBlock } from './first-block.ts'
import { measureHits, prepareHits } from './hit-rates.ts'
import { measureLongLesson } from './long-lesson.ts'
import { judge, table, type Verdict } from './report.ts'
import { hitRows, lessonRows, type Run } from './rows.ts'

/**
 * `pnpm bench`: what hits and cold lessons cost beside what they are compared with, in one run on one machine. It
 * prints a table and writes .lectern/bench.json; a goal that is missed is marked, and no failure.
 */
const RUNS = 3
const resultFile = fileURLToPath(new URL('../../.lectern/bench.json', import.meta.url))

async function main(): Promise<void> {
  await using resources = new AsyncDisposableStack()
  console.error('Starting PostgreSQL, a model, two processes of the API and a client')
  const bench = await openBench(resources)
  const targets = await prepareHits(bench)
  const runs: Run[] = []
  for (let run = 1; run <= RUNS; run++) {
    console.error(`Run ${run} of ${RUNS}`)
    runs.push({
      hits: await measureHits(bench, targets),
      firstBlock: await measureFirstBlock(bench),
      longLesson: await measureLongLesson(bench),
      coldClass: await measureColdClass(bench),
      editedLesson: await measureEditedLesson(bench),
    })
  }
  const verdicts = [...hitRows(runs, targets), ...lessonRows(runs)].map(judge)
  process.stdout.write(`\n${table(verdicts)}\n\n`)
  await write(verdicts)
  const missed = verdicts.filter(({ isMet }) => isMet === false).length
  process.stdout.write(missed === 0 ? 'Every goal is met.\n' : `${missed} goals are missed.\n`)
}

async function write(verdicts: readonly Verdict[]): Promise<void> {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    load: loadavg(),
  }
  await mkdir(dirname(resultFile), { recursive: true })
  await writeFile(
    resultFile,
    `${JSON.stringify({ at: new Date(), machine, runs: RUNS, verdicts }, null, 2)}\n`,
  )
}

await main()
