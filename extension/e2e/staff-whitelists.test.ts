import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStaffTokenStore } from '../../api/src/storage/staff-token-store.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { answerQuestions } from './chromium-questions.ts'
import { serveMovingSites } from './moving-sites.ts'
import { type Stack, startStack } from './stack.ts'
import { addStaffToken, chooseLesson, openStaffFor, signInStaff } from './staff-member.ts'

const patient = { timeout: 20_000 }

let stack: Stack
let books: Awaited<ReturnType<typeof serveMovingSites>>
let chromium: ExtendedChromium
let staff: Page
let lesson: Page
let panel: LessonBar
let link: string

beforeAll(async () => {
  stack = await startStack('chrome')
  books = await serveMovingSites()
  chromium = await launchChromium(stack.extension)
  staff = await signInStaff(chromium, await addStaffToken(stack.api.database, 'Amina'))
  lesson = await chromium.context.newPage()
  await lesson.goto(chapter('stacks'))
  panel = new LessonBar(lesson, 'lectern-picker')
})
afterAll(async () => {
  await chromium?.close()
  await books?.close()
  await stack?.close()
})

/** A chapter of a book that no site family knows. */
function chapter(name: string): string {
  return `${books.url}/plain/${name}.html`
}

/** The page's own document, without what Lectern shows learners on granted sites. */
function documentOf(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.outerHTML)
}

function fieldOf(field: string): Promise<string> {
  return staff.locator(`#${field}`).inputValue()
}

it('proposes name, addresses and id from the page', async () => {
  await openStaffFor(chromium, staff, chapter('stacks'))
  await expect.poll(() => fieldOf('name'), patient).toBe('Data structures by hand')
  expect(await fieldOf('patterns')).toBe(`${books.url}/plain/*`)
  await staff.locator('summary').first().click()
  expect(await fieldOf('id')).toBe('data-structures-by-hand')
})

it('lets the lesson be chosen on the page, by pointer and keys, and leaves the page as it was', async () => {
  await lesson.waitForTimeout(1000)
  const before = await documentOf(lesson)
  await staff.getByRole('button', { name: 'Choose on the page' }).click()
  await expect.poll(() => panel.count(), patient).toBe(1)

  await chooseLesson(lesson, panel)
  await expect.poll(() => staff.locator('.blocks li').count(), patient).toBe(9)
  await panel.click('Done')

  await expect.poll(() => fieldOf('lesson'), patient).toBe('.text')
  expect(await fieldOf('ignore')).toBe('div.notice')
  expect(await fieldOf('keep')).toBe('div.goals')
  const kinds = await staff.locator('.blocks li b').allTextContents()
  expect(kinds).toEqual([
    'Heading',
    'Paragraph',
    'Paragraph',
    'Heading',
    'Paragraph',
    'Code',
    'Paragraph',
    'List item',
    'List item',
  ])
  expect(await documentOf(lesson)).toBe(before)
  expect(lesson.url()).toBe(chapter('stacks'))
})

it('puts the textbook on the list', async () => {
  await staff.getByRole('button', { name: 'Add this textbook' }).click()
  await expect.poll(() => staff.url(), patient).toContain('#/site/data-structures-by-hand')
  const { sites } = await (await fetch(`${stack.api.url}/api/sites`)).json()
  expect(sites).toContainEqual({
    id: 'data-structures-by-hand',
    name: 'Data structures by hand',
    patterns: [`${books.url}/plain/*`],
    lesson: '.text',
    ignore: ['div.notice'],
    keep: ['div.goals'],
    policy: 'allow',
  })
  await expect.poll(() => staff.getByText('Added').count(), patient).toBe(1)
})

it('checks the page and four others of the book, and closes them again', async () => {
  const open = chromium.context.pages().length
  await staff.getByRole('button', { name: 'Check my site' }).click()
  await expect.poll(() => staff.getByText('Checked.').count(), { timeout: 60_000 }).toBe(1)
  const rows = await staff.locator('.checked').allInnerTexts()
  expect(rows.map((row) => row.split('\n')[0])).toEqual(['Stacks', 'Queues', 'Trees', 'Graphs', 'Hashing'])
  expect(rows[0]).toContain('code: 1')
  expect(chromium.context.pages().length).toBe(open)
})

it('hands the textbook out by a course’s link', async () => {
  await staff.getByRole('button', { name: 'Add a course' }).click()
  await staff.locator('#course-name').fill('Algorithms I')
  await staff.locator('#course-code').fill('algo-one')
  await staff.getByRole('button', { name: 'Save the course' }).click()
  await staff.getByRole('button', { name: 'Copy course link: Algorithms I' }).click()
  const said = staff.locator('[aria-labelledby=courses-title] > [role=status]')
  await expect.poll(() => said.textContent(), patient).toContain(`${stack.api.url}/course/algo-one`)
  link = `${stack.api.url}/course/algo-one`
})

it('gives a learner with a fresh browser the tabs there, and a personalized lesson', async () => {
  const fresh = await launchChromium(stack.extension)
  try {
    await answerQuestions(fresh)
    const page = await fresh.context.newPage()
    const ready = fresh.context.waitForEvent('page')
    await page.goto(link)
    const course = await ready
    await course.getByRole('button', { name: 'Find the course' }).click()
    await course.getByText('Algorithms I').first().waitFor()
    await course.getByText('Data structures by hand').waitFor()

    await page.goto(chapter('graphs'))
    const bar = new LessonBar(page)
    await expect.poll(() => bar.selected(), patient).toBe('Original')
    await bar.click('Personalized')
    await expect.poll(() => bar.status(), patient).toMatch(/rewritten/)
    const words = (selector: string) => page.locator(`[data-lectern-clone] ${selector}`).first().textContent()
    // The author's goals stand word for word; what is left out is shown as it was.
    expect(await words('.goals')).toBe(
      'After this chapter you can say what graphs are for, and what they cost.',
    )
    expect(await words('.notice')).toMatch(/^This chapter was last printed/)
  } finally {
    await fresh.close()
  }
})

it('lets nobody in by a token that was revoked', async () => {
  const token = await addStaffToken(stack.api.database, 'Bilal')
  await createStaffTokenStore(stack.api.database).revoke('Bilal')
  await staff.getByRole('button', { name: 'Sign out' }).click()
  await staff.locator('#token').fill(token)
  await staff.locator('[type=submit]').click()
  await staff.getByText('This token does not hold').waitFor()
  expect(await staff.content()).not.toContain(token)
})
