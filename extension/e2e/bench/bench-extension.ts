import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { startStandInModel } from '../../../api/load/stand-in-model.ts'
import { readConfig } from '../../../api/src/config.ts'
import { startServer } from '../../../api/src/server.ts'
import { createDatabase, startTestPostgres } from '../../../api/src/storage/test-postgres.ts'
import { stages } from '../../measure/mark-stage.ts'
import { buildVariant } from '../../packaging/build-variant.ts'
import { findChromium } from '../browsers/find.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from '../chromium.ts'
import { answerQuestions } from '../chromium-questions.ts'
import { corpusLessons, shippedLessons } from '../saved-lessons.ts'
import { pageOfBytes, pageOfDepth, pageOfNodes, pageThatMutates } from './bench-pages.ts'
import { ExtractionCost } from './extraction-cost.ts'
import { type Figure, figuresTable } from './figures.ts'
import { servePages } from './serve-pages.ts'
import { type TabsLatency, tabsLatency } from './tabs-latency.ts'
import { type ScriptTask, traceTasks } from './trace-tasks.ts'

const RUNS = 3
/** Loads of a page in a run, of which the middle counts: by the clock any one may be another program's. */
const LOADS = 11
const sizes = [50, 100, 200, 400, 800]

/** Real lesson pages of about 100 kB, without their scripts: those would run in the measured time. */
const realPages = [...shippedLessons(), ...corpusLessons()]
  .map(({ name, html }) => [name, html.replace(/<script\b[\s\S]*?<\/script>/gi, '')] as const)
  .filter(([, html]) => html.length > 60_000 && html.length < 140_000)

const pages = {
  ...Object.fromEntries(realPages),
  '1-mb': pageOfBytes(1_000_000),
  'largest-lesson': pageOfNodes(24_000),
  '100000-nodes': pageOfNodes(100_000),
  'depth-900': pageOfDepth(900),
  'depth-10000': pageOfDepth(10_000),
  mutating: pageThatMutates(),
  ...Object.fromEntries(sizes.map((kb) => [`${kb}-kb`, pageOfBytes(kb * 1000)])),
}

/** What the extension costs a page: bytes, and milliseconds of the main thread's processor time. */
async function bench(): Promise<void> {
  await using running = new AsyncDisposableStack()
  const served = await servePages(pages)
  running.defer(served.close)
  const figures = new Map<string, Figure>()
  const add = (name: string, unit: string, value: number, goal?: number) => {
    const figure = figures.get(name) ?? { name, unit, runs: [], ...(goal === undefined ? {} : { goal }) }
    figure.runs.push(value)
    figures.set(name, figure)
  }
  const { extension, marked } = await startExtension(served.url, running)
  add('recognizer', 'bytes', (await stat(join(extension, 'recognizer.js'))).size, 10_240)
  for (let run = 1; run <= RUNS; run++) {
    console.error(`Run ${run} of ${RUNS}: extraction`)
    await benchExtraction(served.urlOf, add)
    console.error(`Run ${run} of ${RUNS}: pages with the extension`)
    const extended = await launchChromium(extension)
    await answerQuestions(extended)
    for (const name of [
      '100-kb',
      '1-mb',
      'largest-lesson',
      '100000-nodes',
      'depth-900',
      'depth-10000',
      'mutating',
    ])
      await benchPage(extended, served.urlOf(name), name, add)
    await extended.close()
    console.error(`Run ${run} of ${RUNS}: the tabs`)
    await benchTabs(marked, served.urlOf('100-kb'), add)
  }
  process.stdout.write(`${figuresTable([...figures.values()])}\n`)
}

/** The extension's test build, as it is and with marks, and an API of its own, for which the pages are a listed site. */
async function startExtension(
  textbook: string,
  running: AsyncDisposableStack,
): Promise<{ extension: string; marked: string }> {
  const model = await startStandInModel()
  running.defer(model.close)
  const postgres = await startTestPostgres()
  running.defer(postgres.stop)
  const database = await createDatabase(postgres.url)
  running.defer(database.drop)
  const variables = {
    PORT: '0',
    DATABASE_URL: database.url,
    LECTERN_DEMO_URL: textbook,
    LOG_LEVEL: 'silent',
    OPENAI_BASE_URL: model.url,
    LLM_MODEL: 'stand-in',
  }
  const api = await startServer(readConfig(variables))
  running.defer(api.close)
  const outDir = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
  running.defer(() => rm(outDir, { recursive: true, force: true }))
  const variant = { LECTERN_LOCALHOST: '1', LECTERN_API_URL: api.url }
  return {
    extension: await buildVariant(join(outDir, 'as-is'), 'chrome', variant),
    marked: await buildVariant(join(outDir, 'marked'), 'chrome', { ...variant, LECTERN_MARKS: '1' }),
  }
}

type Add = (name: string, unit: string, value: number, goal?: number) => void

async function benchExtraction(urlOf: (name: string) => string, add: Add): Promise<void> {
  const browser = await chromium.launch({
    executablePath: (await findChromium()) ?? '',
    args: ['--no-sandbox'],
  })
  const cost = await ExtractionCost.in(browser)
  const perKb = new Map<number, number>()
  for (const kb of sizes) {
    const { extract } = await cost.of(urlOf(`${kb}-kb`))
    perKb.set(kb, extract / kb)
    add(`extraction of ${kb} kB of dense markup`, 'ms', extract)
  }
  for (const [name, html] of realPages) {
    const { extract } = await cost.of(urlOf(name))
    add(`extraction of ${name}, ${Math.round(html.length / 1000)} kB`, 'ms', extract, 30)
  }
  const growth = (perKb.get(800) ?? 0) / (perKb.get(100) ?? 1)
  add('a kB of 800 against a kB of 100', 'times', growth, 1.2)
  await browser.close()
}

async function benchPage({ context }: ExtendedChromium, url: string, name: string, add: Add): Promise<void> {
  const page = await context.newPage()
  const bar = new LessonBar(page)
  const arriving = await traceTasks(page, async () => {
    await page.goto(url)
    await until(page, async () => (await bar.selected()) === 'Original')
    await page.waitForTimeout(1_000)
  })
  if (name === '1-mb') add('recognizer on 1 MB', 'ms', sumOf(arriving, 'recognizer.js'), 10)
  add(`longest task, ${name}: arriving`, 'ms', longest(arriving), 200)
  const asking = await traceTasks(page, async () => {
    await bar.click('Personalized')
    await until(page, async () => /made|too large|Retry|stopped|words/i.test(await bar.status()))
    await page.waitForTimeout(1_000)
  })
  console.error(`  ${name}: ${await bar.status()}`)
  add(`longest task, ${name}: Personalized`, 'ms', longest(asking), 200)
  await page.close()
}

/** By the clock, from the recognizer's decision: when the tabs are seen, and what led there. */
async function benchTabs(marked: string, url: string, add: Add): Promise<void> {
  const extended = await launchChromium(marked)
  await tabsLatency(extended, url)
  const loads: TabsLatency[] = []
  for (let load = 0; load < LOADS; load++) loads.push(await tabsLatency(extended, url))
  await extended.close()
  for (const stage of stages.slice(1)) {
    const times = loads.map((load) => load[stage as keyof TabsLatency]).sort((a, b) => a - b)
    const goal = stage === 'bar_painted' ? 50 : undefined
    add(`from the recognition to ${stage}`, 'ms', times[Math.floor(LOADS / 2)] ?? Number.NaN, goal)
  }
}

async function until(page: Page, condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 150) throw new Error(`No end on ${page.url()}`)
    await page.waitForTimeout(200)
  }
}

function sumOf(tasks: readonly ScriptTask[], script: string): number {
  return tasks.reduce((sum, { scripts }) => sum + (scripts.get(script) ?? 0), 0)
}

function longest(tasks: readonly ScriptTask[]): number {
  return Math.max(0, ...tasks.map(({ whole }) => whole))
}

await bench()
