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
  const warmups = `/api/warmups/${warmup.warmup_id}`
  for (const [path, json] of Object.entries({
    '/api/usage': answers.usage,
    '/api/warmups': list,
    [warmups]: details,
  }))
    await page.route(
      (url) => url.pathname === path,
      (route) => route.fulfill({ json }),
    )
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
  await page.locator('#lessons-title').waitFor()
  await page.locator('.usage .plot').first().waitFor()
  await page.locator('.warmup summary').waitFor()
  for (const summary of await page.locator('summary').all()) await summary.click()
  await page.locator('[aria-labelledby=lessons-title] .rows button').click()
  await page.locator('[role=alert]').waitFor()
  await visit('staff-used-and-asking', page)
  await page.locator('.warmups > button').click()
  const buffer = Buffer.from(`<urlset><url><loc>${pageOf(await siteOf(page))}</loc></url></urlset>`)
  await page
    .locator('.warmups [type=file]')
    .setInputFiles({ name: 'sitemap.xml', mimeType: 'text/xml', buffer })
  await page.locator('.ticks.taken li').waitFor()
  await page.locator('.warmups form summary').click()
  await visit('staff-before-class', page)
  await page.locator('.signed-in button').click()
  await page.locator('#token').waitFor()
  await page.close()
}

/** The first pattern of the textbook whose page is shown. */
function siteOf(page: Page): Promise<string> {
  return page.locator('#patterns').inputValue()
}

/** A page that it means. */
function pageOf(patterns: string): string {
  return (patterns.split('\n')[0] ?? '').replace('*', 'recursion')
}

const profile = 'undergraduate.beginner.none.none.hobby.en'
const warmup = {
  warmup_id: '3f1c2b4a-0000-4000-8000-000000000001',
  site: 'lectern-demo',
  created_at: '2026-11-19T08:00:00.000Z',
  created_by: 'Amina',
  state: 'running',
  profiles: [profile, 'graduate.advanced.advanced.none.research.ur'],
  lessons: 12,
  waiting: 9,
  made: 14,
  failed: 1,
}
const list = { warmups: [warmup] }
const details = {
  ...warmup,
  failures: [
    {
      lesson_slug: 'recursion',
      title: 'Recursion',
      url: 'https://textbook.example/recursion',
      profile,
      error: 'upstream_refused',
      message: 'The language model did not want to rewrite this.',
    },
  ],
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
  profiles: {
    profiles: [
      { profile, learners: 24 },
      { profile: 'graduate.advanced.advanced.none.research.ur', learners: 7 },
    ],
  },
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
