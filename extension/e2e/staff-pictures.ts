import { join, resolve } from 'node:path'
import { connect } from '../../api/src/storage/database.ts'
import { readDatabaseConfig } from '../../api/src/storage/database-address.ts'
import { LessonBar, launchChromium } from './chromium.ts'
import { serveMovingSites } from './moving-sites.ts'
import { pictureInLanguages } from './page-pictures.ts'
import { closeInstallPage } from './page-states.ts'
import { addStaffToken, chooseLesson, openStaffFor, plainParts, signInStaff } from './staff-member.ts'
import { visitStaffStates } from './staff-page-states.ts'

/** The pictures of STAFF.md stand with those of the stores. */
const folder = resolve(import.meta.dirname, '../store')

/**
 * Pictures what course staff do with a new textbook: the picker, the form, the check.
 * @param states where the pictures of the staff page's own states go
 */
export async function pictureStaff(extension: string, databaseUrl: string, states: string): Promise<void> {
  await using running = new AsyncDisposableStack()
  const config = readDatabaseConfig({ DATABASE_URL: databaseUrl })
  if (config === undefined) throw new Error('The database has no address.')
  const database = connect(config)
  running.defer(database.close)
  const books = await serveMovingSites()
  running.defer(books.close)
  const token = await addStaffToken(database, 'Amina')
  await pictureInLanguages(extension, states, async (browser, prepare, visit) => {
    const lesson = await browser.context.newPage()
    await lesson.goto(`${books.url}/plain/trees.html`)
    await visitStaffStates(browser, { token, lesson: lesson.url(), prepare }, visit)
    await lesson.close()
  })
  const chromium = await launchChromium(extension)
  running.defer(chromium.close)
  await closeInstallPage(chromium)

  const staff = await signInStaff(chromium, token)
  await staff.setViewportSize({ width: 820, height: 900 })
  const chapter = await chromium.context.newPage()
  await chapter.setViewportSize({ width: 1180, height: 780 })
  await chapter.goto(`${books.url}/plain/stacks.html`)
  await openStaffFor(chromium, staff, chapter.url())
  await staff.getByRole('button', { name: 'Choose on the page' }).click()
  const panel = new LessonBar(chapter, 'lectern-picker')
  for (let tries = 0; (await panel.count()) === 0 && tries < 100; tries++) await chapter.waitForTimeout(100)
  await chooseLesson(chapter, panel, plainParts)
  await chapter.evaluate(() => scrollTo(0, 0))
  await chapter.screenshot({ path: join(folder, 'staff-picker.png') })
  await panel.click('Done')
  await staff.locator('.blocks li').last().waitFor()
  await staff.screenshot({ path: join(folder, 'staff-form.png'), fullPage: true })

  await staff.getByRole('button', { name: 'Add this textbook' }).click()
  await staff.locator('[aria-labelledby=history-title] .rows li').waitFor()
  await staff.getByRole('button', { name: 'Check my site' }).click()
  await staff.getByText('Checked.').waitFor({ timeout: 60_000 })
  await staff.locator('.check').screenshot({ path: join(folder, 'staff-check.png') })

  await staff.getByRole('button', { name: 'Make rewrites before class' }).click()
  await staff.getByRole('button', { name: 'Take the navigation’s lessons' }).click()
  await staff.locator('.ticks.taken li').first().waitFor()
  await staff.getByText('Somebody else').click()
  await staff.getByRole('button', { name: 'Add to the list' }).click()
  await staff.locator('.warmups details summary').click()
  await staff.locator('.warmups').screenshot({ path: join(folder, 'staff-before-class.png') })
}
