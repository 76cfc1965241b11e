import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Preferences } from '@lectern/shared'
import type { Page } from 'playwright-core'
import { demoLessons } from '../../api/demo/lessons.ts'
import type { ExtendedChromium } from './chromium.ts'
import { answerAnew } from './chromium-questions.ts'
import { awaitTabs, personalize } from './lesson-tabs.ts'

const folder = resolve(import.meta.dirname, '../store')
/** What both stores take. */
const size = { width: 1280, height: 800 }

type LessonPicture = {
  name: string
  generator: string
  answers: Partial<Preferences>
  colorScheme: 'light' | 'dark'
}

const lessonPictures: readonly LessonPicture[] = [
  /** The README's. */
  {
    name: 'tabs',
    generator: 'Docusaurus',
    answers: { subject_background: 'none', preferred_language: 'en' },
    colorScheme: 'light',
  },
  {
    name: 'screenshots/1-personalized',
    generator: 'MkDocs',
    answers: { subject_background: 'none', preferred_language: 'en' },
    colorScheme: 'light',
  },
  {
    name: 'screenshots/2-urdu',
    generator: 'Docusaurus',
    answers: { subject_background: 'none', preferred_language: 'ur' },
    colorScheme: 'light',
  },
  {
    name: 'screenshots/3-expert',
    generator: 'VitePress',
    answers: { subject_background: 'advanced', preferred_language: 'en' },
    colorScheme: 'dark',
  },
]

/** Makes the pictures of the store listing and of the README, of the demo textbook with its samples. */
export async function pictureStore(chromium: ExtendedChromium, textbook: string): Promise<void> {
  await mkdir(join(folder, 'screenshots'), { recursive: true })
  const take = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`) })
  for (const { name, generator, answers, colorScheme } of lessonPictures) {
    await answerAnew(chromium, answers)
    const lesson = demoLessons.find((one) => one.generator === generator)
    const page = await openPage(chromium, colorScheme)
    await page.goto(new URL(lesson?.path ?? '', textbook).href)
    await awaitTabs(page)
    await personalize(page)
    await take(page, name)
    await page.close()
  }
  const page = await openPage(chromium, 'light')
  await page.goto(`${chromium.origin}/onboarding.html`)
  await page.locator('fieldset').waitFor()
  await take(page, 'screenshots/4-questions')
  await page.goto(`${chromium.origin}/options.html#ledger`)
  await page.locator('#ledger li').first().waitFor()
  await take(page, 'screenshots/5-sent')
  await page.close()
}

async function openPage({ context }: ExtendedChromium, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  return page
}
