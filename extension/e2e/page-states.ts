import type { Page } from 'playwright-core'
import type { ExtendedChromium } from './chromium.ts'

/** One of the extension's own pages as a learner meets it: a name, and the page in that state. */
export type VisitState = (name: string, page: Page) => Promise<void>

type PageStatesOptions = {
  /** A course link of an API that runs. */
  courseLink: string
  /** A lesson on a granted site. */
  lesson: string
  /** Readies each page before it opens: its size, its colours. */
  prepare(page: Page): Promise<void>
}

/** Closes the page that opens at install: behind it, another page is drawn once a second. */
export async function closeInstallPage({ context }: ExtendedChromium): Promise<void> {
  const opened = context.pages().find((page) => page.url().includes('onboarding'))
  await (opened ?? (await context.waitForEvent('page'))).close()
}

/**
 * Goes through the extension's own pages as a new learner, in every state that they have, whatever their language.
 * At the end everything is erased again.
 */
export async function visitPageStates(
  chromium: ExtendedChromium,
  { courseLink, lesson, prepare }: PageStatesOptions,
  visit: VisitState,
): Promise<void> {
  const page = await chromium.context.newPage()
  await prepare(page)
  const open = (path: string) => page.goto(`${chromium.origin}/${path}`)

  await open('popup.html')
  await page.locator('.status h2').waitFor()
  await visit('popup-new-learner', page)
  await open('options.html')
  await page.locator('#erase-title').waitFor()
  await visit('options-new-learner', page)
  await onboard(page, () => open('onboarding.html'), visit)
  await findCourse(page, courseLink, visit)

  await open('options.html')
  await page.locator('.rows select').first().waitFor()
  await visit('options', page)
  await page.locator('input[type=file]').setInputFiles(noExport)
  await page.locator('[aria-labelledby=export-title] [role=status]:not(:empty)').waitFor()
  await page.locator('.danger').click()
  await page.locator('[aria-labelledby=erase-title] .quiet').waitFor()
  await visit('options-asking', page)
  await visitPopups(chromium, page, { lesson, visit })

  await open('options.html')
  await page.locator('.danger').click()
  await page.locator('.danger').click()
  await page.locator('[aria-labelledby=erase-title] .danger').waitFor({ state: 'detached' })
  await visit('options-erased', page)
  await page.close()
}

const noExport = { name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{}') }

async function onboard(page: Page, open: () => Promise<unknown>, visit: VisitState): Promise<void> {
  await open()
  await page.locator('fieldset').waitFor()
  const next = page.locator('[type=submit]')
  const choices = ['high_school', 'beginner', 'none', 'none', 'hobby']
  for (const [i, value] of choices.entries()) {
    await page.locator(`fieldset [value=${value}]`).check({ force: true })
    if (i === 0) await visit('onboarding-first-question', page)
    await next.click()
  }
  await visit('onboarding-language', page)
  await page.locator('#example-original').click()
  await visit('onboarding-original', page)
  await next.click()
  await page.locator('.consent').waitFor()
  await visit('onboarding-consent', page)
  await page.locator('.consent .link').click()
  await visit('onboarding-declined', page)
  await open()
  for (let i = 0; i <= choices.length + 1; i++) await next.click()
}

async function findCourse(page: Page, courseLink: string, visit: VisitState): Promise<void> {
  const link = page.locator('#course-link')
  const find = page.locator('[aria-labelledby=course-title] [type=submit]')
  await link.fill('not a course')
  await find.click()
  await page.locator('#course-status:not(:empty)').waitFor()
  await visit('ready-no-course', page)
  await link.fill(courseLink)
  await find.click()
  await page.locator('.course-in-use').waitFor()
  await page.locator('#textbooks-title').waitFor()
  await visit('ready', page)
}

/** The popup over other pages: a tab of its own that takes another for the active one. */
async function visitPopups(
  { context, origin }: ExtendedChromium,
  page: Page,
  { lesson, visit }: { lesson: string; visit: VisitState },
): Promise<void> {
  const lessonPage = await context.newPage()
  await lessonPage.goto(lesson)
  await lessonPage.locator('[data-lectern-tabs]').waitFor({ state: 'attached' })
  // A page in the background is drawn once a second.
  await page.bringToFront()
  const worker = context.serviceWorkers()[0]
  const id = await worker?.evaluate(
    `chrome.tabs.query({}).then((tabs) => tabs.find(({ url }) => url === ${JSON.stringify(lesson)}).id)`,
  )
  const active = [
    ['popup-lesson', { id, url: lesson }],
    ['popup-not-granted', { id, url: 'https://textbook.example/loops' }],
    ['popup-closed', { id: 999_999, url: lesson }],
  ] as const
  for (const [name, tab] of active) {
    await page.goto(`${origin}/options.html`)
    const found = JSON.stringify([tab])
    await page.addInitScript(
      `if (location.pathname === '/popup.html') chrome.tabs.query = async () => ${found}`,
    )
    await page.goto(`${origin}/popup.html`)
    await page.locator('.status h2').waitFor()
    await visit(name, page)
  }
  await worker?.evaluate(addTextbook)
  await page.goto(`${origin}/popup.html`)
  await page.locator('#news-title').waitFor()
  await visit('popup-new-textbook', page)
  await lessonPage.close()
}

/** What storage holds after staff have added a textbook on a host that is not granted. */
const addTextbook = `chrome.storage.local.get().then(({ course, site_list }) => chrome.storage.local.set({
  course: { ...course, seen: [] },
  site_list: {
    ...site_list,
    sites: site_list.sites.map((site) => ({ ...site, patterns: ['https://new-book.example/*'] })),
  },
}))`
