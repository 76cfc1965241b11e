import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFindings, lessonFindings } from './axe-findings.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { serveMovingSites } from './moving-sites.ts'
import { keepOnlyLocale } from './only-locale.ts'
import { closeInstallPage } from './page-states.ts'
import { keepViolations } from './policy-violations.ts'
import { type Stack, startStack } from './stack.ts'
import { addStaffToken, openStaffFor, signInStaff } from './staff-member.ts'
import { visitStaffStates } from './staff-page-states.ts'

let stack: Stack
let books: Awaited<ReturnType<typeof serveMovingSites>>
let chromium: ExtendedChromium
let token: string

beforeAll(async () => {
  stack = await startStack('chrome')
  books = await serveMovingSites()
  token = await addStaffToken(stack.api.database, 'Amina')
  chromium = await launchChromium(stack.extension)
  await closeInstallPage(chromium)
})
afterAll(async () => {
  await chromium?.close()
  await books?.close()
  await stack?.close()
})

/** What axe-core finds in each state, what the page's policy refused, and how far it is wider than its window. */
async function lookAtAll(width: number, media: NonNullable<Parameters<Page['emulateMedia']>[0]>) {
  const lesson = await chromium.context.newPage()
  await lesson.goto(`${books.url}/plain/trees.html`)
  const seen: Record<string, unknown> = {}
  const prepare = async (page: Page) => {
    await page.addInitScript(keepViolations)
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce', ...media })
  }
  await visitStaffStates(chromium, { token, lesson: lesson.url(), prepare }, async (name, page) => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    const violations = await page.evaluate(() => window.violations)
    seen[name] = [...(await axeFindings(page)), ...violations, overflow]
  })
  await lesson.close()
  return seen
}

const clean = {
  'staff-sign-in': [0],
  'staff-textbooks': [0],
  'staff-site': [0],
  'staff-refused-field': [0],
  'staff-used-and-asking': [0],
  'staff-before-class': [0],
}

it.each([
  ['light', 1280, { colorScheme: 'light' }],
  ['dark, narrow', 380, { colorScheme: 'dark' }],
  ['forced colours', 1280, { colorScheme: 'dark', forcedColors: 'active' }],
] as const)('the staff page gives axe-core nothing to find, and fits: %s', async (_, width, media) => {
  expect(await lookAtAll(width, media)).toEqual(clean)
})

it('the picker over a page gives axe-core nothing to find', async () => {
  const staff = await signInStaff(chromium, token)
  const lesson = await chromium.context.newPage()
  await lesson.goto(`${books.url}/plain/trees.html`)
  await openStaffFor(chromium, staff, lesson.url())
  await staff.getByRole('button', { name: 'Choose on the page' }).click()
  const panel = new LessonBar(lesson, 'lectern-picker')
  await expect.poll(() => panel.count()).toBe(1)
  expect(await lessonFindings(lesson, panel, 'lectern-picker')).toEqual([])
  await lesson.keyboard.press('Escape')
  await expect.poll(() => panel.count()).toBe(0)
  await staff.close()
  await lesson.close()
})

it('the staff page in Urdu is laid out from right to left, and gives axe-core nothing to find', async () => {
  await chromium.close()
  await keepOnlyLocale(stack.extension, 'ur')
  chromium = await launchChromium(stack.extension)
  await closeInstallPage(chromium)
  expect(await lookAtAll(380, { colorScheme: 'light' })).toEqual(clean)
})
