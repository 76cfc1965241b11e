import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Lesson } from '@lectern/shared'
import { startStandInModel } from '../load/stand-in-model.ts'
import { readConfig } from '../src/config.ts'
import { chooseEngine } from '../src/model/choose-engine.ts'
import { openaiEngine } from '../src/model/openai-engine.ts'
import type { Engine } from '../src/rewriting/ports.ts'
import { columns } from '../terminal/columns.ts'
import { type EvaluatedLesson, evaluateLesson } from './evaluate-lesson.ts'
import { figuresOf } from './figures-of.ts'
import { gradesByEducation } from './grades-by-education.ts'
import { readDemoLessons, readLessonFile } from './read-lesson-file.ts'
import { type EvaluationReader, evaluationReaders } from './readers.ts'
import { reportPage } from './report-page.ts'

const names = evaluationReaders.map(({ name }) => name)

const usage = `Usage: pnpm evaluate [LESSON.md | LESSON.json ...] [--readers ${names.join(',')}] [--out FOLDER] [--stand-in]

Rewrites lessons (the demo textbook's where none is named) for several readers by the configured model. Prints a table
and writes a page with both texts side by side and the figures as JSON. --stand-in takes the stand-in model of the tests.
`

/** `pnpm evaluate`: what the configured model makes of lessons. Gives the exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      readers: { type: 'string', default: names.join() },
      out: { type: 'string', default: '.lectern/evaluation' },
      'stand-in': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const readers = readersOf(values.readers)
  const lessons =
    positionals.length === 0
      ? await readDemoLessons()
      : await Promise.all(positionals.map((path) => readLessonFile(path)))
  await using running = new AsyncDisposableStack()
  const engine = values['stand-in'] ? await standIn(running) : await configured()
  const evaluated = await evaluateAll(engine, lessons, readers)
  for (const rows of [evaluated.map(figuresOf), gradesByEducation(evaluated)])
    if (rows[0] !== undefined)
      process.stdout.write(`${columns([Object.keys(rows[0]), ...rows.map(Object.values)])}\n\n`)
  await writeReport(resolve(values.out), evaluated)
  return evaluated.length > 0 && evaluated.every(({ failed }) => failed === 0) ? 0 : 1
}

function readersOf(list: string): EvaluationReader[] {
  return list.split(',').map((name) => {
    const reader = evaluationReaders.find((each) => each.name === name)
    if (reader === undefined)
      throw new Error(`--readers: there is no "${name}"; choose of ${names.join(', ')}.`)
    return reader
  })
}

async function configured(): Promise<Engine> {
  const envFile = resolve(import.meta.dirname, '../../.env')
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  return chooseEngine(readConfig(process.env).model)
}

async function standIn(running: AsyncDisposableStack): Promise<Engine> {
  const model = await startStandInModel()
  running.defer(model.close)
  return openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' })
}

/** One lesson for one reader after the other, as a model's server gives best figures; Ctrl-C ends with what is there. */
async function evaluateAll(
  engine: Engine,
  lessons: readonly Lesson[],
  readers: readonly EvaluationReader[],
): Promise<EvaluatedLesson[]> {
  const stopped = new AbortController()
  process.once('SIGINT', () => stopped.abort())
  const pairs = lessons.flatMap((lesson) => readers.map((reader) => ({ lesson, reader })))
  const evaluated: EvaluatedLesson[] = []
  for (const [i, { lesson, reader }] of pairs.entries()) {
    if (stopped.signal.aborted) break
    console.error(`${i + 1}/${pairs.length} ${lesson.title}, for ${reader.name}, by ${engine.model}`)
    const one = await evaluateLesson(engine, lesson, reader, stopped.signal)
    if (!stopped.signal.aborted) evaluated.push(one)
  }
  return evaluated
}

async function writeReport(folder: string, evaluated: readonly EvaluatedLesson[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const page = join(folder, 'evaluation.html')
  await writeFile(page, reportPage(evaluated))
  await writeFile(join(folder, 'evaluation.json'), JSON.stringify(evaluated, null, 1))
  console.error(`Both texts side by side: ${page}`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
