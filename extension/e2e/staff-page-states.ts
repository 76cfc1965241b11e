import type { Page } from 'playwright-core'
import type { ExtendedChromium } from './chromium.ts'
import type { VisitState } from './page-states.ts'
import { openStaffFor } from './staff-member.ts'

type StaffStatesOptions = {
  token: string
  /** A page on a granted site, which is open in a tab. */
  lesson: string
  /** Readies the page before it opens: its size, its colours. */
  prepare(page: Page): Promise<void>
}

/**
 * Goes through the staff page in the states that it has, whatever its language. What was used and reported of a
 * textbook is answered in the API's place, so that there is something to show.
 */
export async function visitStaffStates(
  chromium: ExtendedChromium,
  { token, lesson, prepare }: StaffStatesOptions,
  visit: VisitState,
): Promise<void> {
  const page = await chromium.context.newPage()
  await prepare(page)
  for (const [path, answer] of Object.entries(answers))
    await page.route(`**/api/sites/*/${path}*`, (route) => route.fulfill({ json: answer }))
  await page.goto(`${chromium.origin}/staff.html`)
  await page.locator('#token').fill('mistyped token')
  await page.locator('[type=submit]').click()
  await page.locator('[role=status]:not(:empty)').waitFor()
  await visit('staff-sign-in', page)
  await page.locator('#token').fill(token)
  await page.locator('[type=submit]').click()
  await page.locator('#courses-title').waitFor()
  await page.locator('[aria-labelledby=courses-title] > button').click()
  await page.locator('#course-name').waitFor()
  await visit('staff-textbooks', page)

  await openStaffFor(chromium, page, lesson)
  await page.locator('#patterns').waitFor()
  await visit('staff-site', page)

  await page.goto(`${chromium.origin}/staff.html#/new`)
  await page.locator('summary').first().click()
  await page.locator('#id').fill('Not an id')
  await page.locator('form > .actions [type=submit]').click()
  await page.locator('#id-problem').waitFor()
  await visit('staff-refused-field', page)

  await page.goto(`${chromium.origin}/staff.html`)
  await page.locator('.rows a').first().click()
  await page.locator('.plot').first().waitFor()
  for (const summary of await page.locator('summary').all()) await summary.click()
  await page.locator('[aria-labelledby=lessons-title] .rows button').click()
  await page.locator('[role=alert]').waitFor()
  await visit('staff-used-and-asking', page)
  await page.locator('.signed-in button').click()
  await page.locator('#token').waitFor()
  await page.close()
}

const used = {
  calls: 12,
  prompt_tokens: 9000,
  completion_tokens: 4000,
  cost: 0.31,
  made: 12,
  shared: 5,
  hits: 140,
  failed: 1,
  saved_tokens: 157_083,
  saved_cost: 3.74,
}
const answers = {
  usage: {
    from: '2026-10-22',
    to: '2026-11-20',
    days: [
      { day: '2026-11-18', ...used, hits: 61 },
      { day: '2026-11-20', ...used },
    ],
    total: used,
  },
  lessons: {
    lessons: [
      {
        lesson_hash: 'a'.repeat(64),
        title: 'Using packages',
        first_seen: '2026-11-18T08:00:00.000Z',
        last_seen: '2026-11-20T09:00:00.000Z',
        readers: 31,
      },
    ],
  },
  reports: {
    reports: [
      {
        report_id: '3f1c2b4a-0000-4000-8000-000000000000',
        reported_at: '2026-11-19T09:00:00.000Z',
        kind: 'hard_to_read',
        lesson_hash: 'a'.repeat(64),
        url: 'https://textbook.example/packages.html',
        text: 'A package is a folder with a file that says so.',
      },
    ],
  },
}
