import type { Page } from 'playwright-core'
import { newStaffToken } from '../../api/src/staff/staff-token.ts'
import type { Database } from '../../api/src/storage/database.ts'
import { createStaffTokenStore } from '../../api/src/storage/staff-token-store.ts'
import type { ExtendedChromium, LessonBar } from './chromium.ts'

/** A token as `pnpm staff add` makes it. */
export async function addStaffToken(database: Database, name: string): Promise<string> {
  const { token, ...kept } = newStaffToken()
  await createStaffTokenStore(database).add({
    ...kept,
    name,
    expires_at: new Date(Date.now() + 86_400_000),
  })
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

/**
 * Chooses in the picker over a chapter of sites/plain: the element around its text as the lesson, its notice to be
 * left out, its goals to stay word for word. By pointer and keys.
 */
export async function chooseLesson(chapter: Page, panel: LessonBar): Promise<void> {
  // What is pointed at, its parent, Enter.
  await chapter.hover('.text > p')
  await chapter.keyboard.press('ArrowUp')
  await chapter.keyboard.press('Enter')
  await chapter.click('.notice')
  await panel.click('Word for word')
  await chapter.hover('.goals p')
  await chapter.keyboard.press('ArrowUp')
  await chapter.keyboard.press('Enter')
}
