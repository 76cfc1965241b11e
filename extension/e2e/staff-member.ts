import type { Page } from 'playwright-core'
import { newStaffToken } from '../../api/src/staff/staff-token.ts'
import type { Database } from '../../api/src/storage/database.ts'
import { createStaffTokenStore } from '../../api/src/storage/staff-token-store.ts'
import type { ExtendedChromium, LessonBar } from './chromium.ts'

/** A token as `pnpm staff add` makes it. */
export async function addStaffToken(database: Database, name: string, days = 1): Promise<string> {
  const { token, ...kept } = newStaffToken()
  const expires_at = new Date(Date.now() + days * 86_400_000)
  await createStaffTokenStore(database).add({ ...kept, name, expires_at })
  return token
}

/** Signs in on the staff page of the extension, which this opens in a tab. */
export async function signInStaff({ context, origin }: ExtendedChromium, token: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${origin}/staff.html`)
  await page.locator('#token').fill(token)
  await page.locator('[type=submit]').click()
  await page.locator('.signed-in').waitFor()
  return page
}

/** What the popup's link for staff opens: the staff page for the tab of a page. */
export async function openStaffFor(
  { context, origin }: ExtendedChromium,
  staff: Page,
  url: string,
): Promise<void> {
  const id: unknown = await context
    .serviceWorkers()[0]
    ?.evaluate(
      `chrome.tabs.query({}).then((tabs) => tabs.find((tab) => tab.url === ${JSON.stringify(url)}).id)`,
    )
  await staff.bringToFront()
  await staff.goto(`${origin}/staff.html?tab=${Number(id)}`)
}

/** What is chosen of a chapter: selectors of what is pointed at. */
export type ChosenParts = {
  /** Within the lesson, right below its element. */
  lesson: string
  /** To be left out. */
  ignore: string
  /** Within what stays word for word, right below its element. */
  keep: string
}

/** The parts of a chapter of `sites/plain`. */
export const plainParts: ChosenParts = { lesson: '.text > p', ignore: '.notice', keep: '.goals p' }

/** Chooses in the picker, by pointer and keys: what is pointed at, its parent, Enter; what is left out by a click. */
export async function chooseLesson(chapter: Page, panel: LessonBar, parts: ChosenParts): Promise<void> {
  const chooseAround = async (selector: string) => {
    await chapter.hover(selector)
    await chapter.keyboard.press('ArrowUp')
    await chapter.keyboard.press('Enter')
  }
  await chooseAround(parts.lesson)
  await chapter.click(parts.ignore)
  await panel.click('Word for word')
  await chooseAround(parts.keep)
}
