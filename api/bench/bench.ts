import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBench } from './environment.ts'
import { partNames, startParts } from './parts.ts'
import { judge, table, type Verdict } from './report.ts'

/**
 * `pnpm bench`: what hits and cold lessons cost beside what they are compared with, in one run on one machine. It
 * prints a table and writes .lectern/bench.json; a goal that is missed is marked, and no failure. `--only cold-class`
 * measures one part, `--only first-block,cold-class` two.
 */
const RUNS = 3
const resultFile = fileURLToPath(new URL('../../.lectern/bench.json', import.meta.url))

async function main(): Promise<void> {
  const names = readNames()
  await using resources = new AsyncDisposableStack()
  console.error('Starting PostgreSQL, a model, two processes of the API and a client')
  const bench = await openBench(resources)
  const parts = startParts(names)
  for (let run = 1; run <= RUNS; run++) {
    console.error(`Run ${run} of ${RUNS}`)
    for (const part of parts) await part.run(bench)
  }
  const verdicts = parts.flatMap((part) => part.rows()).map(judge)
  process.stdout.write(`\n${table(verdicts)}\n\n`)
  await write(verdicts)
  const missed = verdicts.filter(({ isMet }) => isMet === false).length
  process.stdout.write(missed === 0 ? 'Every goal is met.\n' : `${missed} goals are missed.\n`)
}

function readNames(): readonly string[] {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
  const names = only?.split(',') ?? partNames
  const unknown = names.find((name) => !partNames.includes(name))
  if (unknown === undefined) return names
  throw new Error(`There is no part "${unknown}" of the benchmark: --only takes ${partNames.join(', ')}.`)
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
