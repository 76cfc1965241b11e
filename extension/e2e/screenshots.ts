import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { courseLink } from '@lectern/shared'
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
import { visitLessonStates } from './lesson-states.ts'
import { awaitTabs, personalize } from './lesson-tabs.ts'
import { picturePages } from './page-pictures.ts'
import { pictureStaff } from './staff-pictures.ts'
import { pictureStore } from './store-pictures.ts'

const folder = resolve(import.meta.dirname, '../../.output/screenshots')
/** The lesson whose states are pictured: it has code, formulas, lists and an admonition. */
const stateLesson = demoLessons.find(({ generator }) => generator.startsWith('MkDocs'))
const sizes = [1280, 380]
const schemes = ['light', 'dark'] as const
const learners = {
  beginner: { subject_background: 'none', preferred_language: 'en' },
  expert: { subject_background: 'advanced', preferred_language: 'en' },
  urdu: { subject_background: 'none', preferred_language: 'ur' },
} as const

/**
 * What to take pictures of, from the command line: learners by name, `pages`, `staff`; all of these where nothing is
 * named. `store` makes those of the store listing, in its folder.
 */
const wanted = process.argv.slice(2)

/** Pictures of the demo textbook's lessons in both tabs and in all states, for each learner, scheme and width. */
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
  if (wanted.length === 0 || wanted.includes('pages'))
    await picturePages({
      folder: join(folder, 'pages'),
      apiUrl: withSamples.url,
      courseLink: courseLink(withSamples.url, 'demo'),
      lesson: new URL(stateLesson?.path ?? '', demo.url).href,
    })
  if (wanted.length === 0 || wanted.includes('staff')) await pictureStaff(extension, database.url)
  if (wanted.includes('store')) await pictureStore(chromium, demo.url)
  const chosen = Object.entries(learners).filter(([name]) => wanted.length === 0 || wanted.includes(name))
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
  const words = await messagesOf('en')
  for (const [name, answers] of chosen) {
    await answerAnew(chromium, answers)
    for (const scheme of schemes)
      for (const width of sizes)
        await visitLessonStates(
          chromium,
          {
            url: new URL(stateLesson?.path ?? '', demo.url).href,
            model,
            words,
            async prepare(page) {
              await page.setViewportSize({ width, height: 900 })
              await page.emulateMedia({ colorScheme: scheme })
            },
          },
          async (state, page) => {
            await page.screenshot({ path: join(folder, `state-${name}-${scheme}-${width}-${state}.png`) })
          },
        )
  }
}

async function pictureLessons(
  { context }: ExtendedChromium,
  textbook: string,
  learner: string,
): Promise<void> {
  for (const lesson of demoLessons) {
    const page = await context.newPage()
    for (const scheme of schemes) {
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme: scheme })
        await page.goto(new URL(lesson.path, textbook).href)
        const picture = `${lesson.path.split('/')[1]}-${learner}-${scheme}-${width}`
        await pictureTabs(page, join(folder, picture))
      }
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
