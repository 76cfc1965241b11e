import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { courseLink, educationLevels, type Preferences } from '@lectern/shared'
import type { Page } from 'playwright-core'
import { demoLessons } from '../../api/demo/lessons.ts'
import { serveDemo } from '../../api/demo/serve-demo.ts'
import { startStandInModel } from '../../api/load/stand-in-model.ts'
import { readConfig } from '../../api/src/config.ts'
import { startServer } from '../../api/src/server.ts'
import { createDatabase, startTestPostgres } from '../../api/src/storage/test-postgres.ts'
import { messagesOf } from '../locales/testing/messages-of.ts'
import { buildVariant } from '../packaging/build-variant.ts'
import { type ExtendedChromium, launchChromium } from './chromium.ts'
import { answerAnew } from './chromium-questions.ts'
import { type LessonStatesOptions, visitLessonStates } from './lesson-states.ts'
import { awaitTabs, personalize } from './lesson-tabs.ts'
import { type Look, lookAs, looks } from './looks.ts'
import { pictureInLanguages, withLocale } from './page-pictures.ts'
import { closeInstallPage, visitPageStates } from './page-states.ts'
import { pictureStaff } from './staff-pictures.ts'
import { pictureStore } from './store-pictures.ts'

const folder = resolve(import.meta.dirname, '../../.output/screenshots')
/** The lesson whose states are pictured: it has code, formulas, lists and an admonition. */
const stateLesson = demoLessons.find(({ generator }) => generator.startsWith('MkDocs'))
const learners = {
  beginner: { subject_background: 'none', preferred_language: 'en' },
  expert: { subject_background: 'advanced', preferred_language: 'en' },
  /** Whose interface is in Urdu, too. */
  urdu: { subject_background: 'none', preferred_language: 'ur' },
} as const

/**
 * What to take pictures of, from the command line: learners by name, `pages`, `staff`; all of these where nothing is
 * named. `store` makes those of the store listing and of the README, in their folder.
 */
const wanted = process.argv.slice(2)

/** Pictures of the demo textbook's lessons in both tabs and in all states, for each learner and look. */
async function takeScreenshots(): Promise<void> {
  await using running = new AsyncDisposableStack()
  const postgres = await startTestPostgres()
  running.defer(postgres.stop)
  const database = await createDatabase(postgres.url)
  running.defer(database.drop)
  const model = await startStandInModel()
  running.defer(model.close)
  const demo = await serveDemo({ port: 0 })
  running.defer(demo.close)
  const variables = {
    DATABASE_URL: database.url,
    LECTERN_DEMO_URL: demo.url,
    LOG_LEVEL: 'silent',
    LECTERN_ALLOW_PRIVATE_SITES: '1',
  }
  const withSamples = await startServer(readConfig({ ...variables, PORT: '0' }))
  const outDir = await mkdtemp(join(tmpdir(), 'lectern-screenshots-'))
  running.defer(() => rm(outDir, { recursive: true }))
  const extension = await buildVariant(outDir, 'chrome', {
    LECTERN_LOCALHOST: '1',
    LECTERN_API_URL: withSamples.url,
  })
  const chromium = await launchChromium(extension)
  running.defer(chromium.close)
  await mkdir(folder, { recursive: true })
  const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)
  const lesson = new URL(stateLesson?.path ?? '', demo.url).href
  if (isWanted('pages')) {
    const options = { courseLink: courseLink(withSamples.url, 'demo'), lesson }
    await pictureInLanguages(extension, join(folder, 'pages'), (browser, prepare, visit) =>
      visitPageStates(browser, { ...options, prepare }, visit),
    )
  }
  if (isWanted('staff')) await pictureStaff(extension, database.url, join(folder, 'staff'))
  if (wanted.includes('store')) await pictureStore(chromium, demo.url)
  const chosen = Object.entries(learners).filter(([name]) => isWanted(name))
  for (const [name, answers] of chosen) {
    await answerAnew(chromium, answers)
    await pictureLessons(chromium, demo.url, name)
  }
  // The samples need no model; what is being made, and what fails, need one. The API keeps its address.
  await withSamples.close()
  const { port } = new URL(withSamples.url)
  const withModel = { ...variables, PORT: port, LLM_MODEL: 'stand-in', OPENAI_BASE_URL: model.url }
  const server = await startServer(readConfig(withModel))
  running.defer(server.close)
  for (const [name, answers] of chosen) {
    const locale = name === 'urdu' ? 'ur' : 'en'
    await withLocale(extension, locale, async (browser) => {
      await closeInstallPage(browser)
      for (const [i, look] of looks.entries()) {
        await answerAnew(browser, unlike(answers, i))
        await pictureStates(browser, { url: lesson, model, words: await messagesOf(locale) }, name, look)
      }
    })
  }
}

/** Answers like these for which nothing was made before the look of this number: else there is nothing to wait for. */
function unlike(answers: (typeof learners)[keyof typeof learners], look: number): Partial<Preferences> {
  const levels = educationLevels.length
  const level = educationLevels[look % levels] ?? 'graduate'
  const other = answers.subject_background === 'none' ? 'basic' : 'intermediate'
  return { ...answers, education_level: level, ...(look < levels ? {} : { subject_background: other }) }
}

async function pictureStates(
  chromium: ExtendedChromium,
  options: Omit<LessonStatesOptions, 'prepare'>,
  learner: string,
  look: Look,
): Promise<void> {
  await visitLessonStates(
    chromium,
    { ...options, prepare: (page) => lookAs(page, look) },
    async (state, page) => {
      await page.screenshot({ path: join(folder, `state-${learner}-${look.name}-${state}.png`) })
    },
  )
}

async function pictureLessons(
  { context }: ExtendedChromium,
  textbook: string,
  learner: string,
): Promise<void> {
  for (const lesson of demoLessons) {
    const page = await context.newPage()
    for (const look of looks) {
      await lookAs(page, look)
      await page.goto(new URL(lesson.path, textbook).href)
      await pictureTabs(page, join(folder, `${lesson.path.split('/')[1]}-${learner}-${look.name}`))
    }
    await page.close()
  }
}

async function pictureTabs(page: Page, path: string): Promise<void> {
  await awaitTabs(page)
  await page.screenshot({ path: `${path}-original.png`, fullPage: true })
  await personalize(page)
  await page.screenshot({ path: `${path}-personalized.png`, fullPage: true })
}

await takeScreenshots()
