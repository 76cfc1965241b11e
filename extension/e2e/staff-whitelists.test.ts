import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { profileOf } from '@lectern/shared'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newStaffToken } from '../../api/src/staff/staff-token.ts'
import { createStaffTokenStore } from '../../api/src/storage/staff-token-store.ts'
import { buildVariant } from '../packaging/build-variant.ts'
import { anyAnswers } from './any-answers.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { FirefoxPopup } from './firefox-popup.ts'
import { answerQuestions } from './firefox-questions.ts'
import { serveMovingSites } from './moving-sites.ts'
import { type Stack, startStack } from './stack.ts'
import { addStaffToken, chooseLesson, openStaffFor, signInStaff } from './staff-member.ts'

const patient = { timeout: 30_000, interval: 200 }

let stack: Stack
let books: Awaited<ReturnType<typeof serveMovingSites>>
let chromium: ExtendedChromium
let staff: Page
let lesson: Page
let panel: LessonBar
/** Where learners find the book: a host that no build has granted. */
let learnersHost: string
let link: string

beforeAll(async () => {
  stack = await startStack('chrome')
  books = await serveMovingSites()
  learnersHost = books.url.replace('localhost', 'lessons.localhost')
  chromium = await launchChromium(stack.extension)
  staff = await signInStaff(chromium, await addStaffToken(stack.api.database, 'Amina'))
  lesson = await chromium.context.newPage()
  await lesson.goto(chapter('positional'))
  panel = new LessonBar(lesson, 'lectern-picker')
})
afterAll(async () => {
  await chromium?.close()
  await books?.close()
  await stack?.close()
})

/** A chapter of a book as MarkBind builds it, which no site family knows. */
function chapter(name: string, host = books.url): string {
  return `${host}/markbind/chapters/${name}.html`
}

/** The lesson's own markup: what stands around it the book's scripts change as its reader scrolls. */
function markupOf(page: Page): Promise<string> {
  return page.locator('#content-wrapper').evaluate(({ outerHTML }) => outerHTML)
}

const chapters = ['positional', 'negative', 'floating', 'rounding', 'checksums']

function fieldOf(field: string): Promise<string> {
  return staff.locator(`#${field}`).inputValue()
}

describe('a member of course staff, in Chromium', () => {
  it('is proposed name, addresses and id from the page', async () => {
    await openStaffFor(chromium, staff, chapter('positional'))
    await expect.poll(() => fieldOf('name'), patient).toBe('Numbers in machines')
    expect(await fieldOf('patterns')).toBe(`${books.url}/markbind/*`)
    await staff.locator('summary').first().click()
    expect(await fieldOf('id')).toBe('numbers-in-machines')
  })

  it('chooses the lesson on the page, by pointer and keys, and leaves the page as it was', async () => {
    const before = await markupOf(lesson)
    await staff.getByRole('button', { name: 'Choose on the page' }).click()
    await expect.poll(() => panel.count(), patient).toBe(1)

    await chooseLesson(lesson, panel, { lesson: '#content-wrapper > p', ignore: '.printed', keep: '.aims p' })
    await panel.click('Leave out')
    await lesson.hover('.questions p')
    await lesson.keyboard.press('ArrowUp')
    await lesson.keyboard.press('Enter')
    await expect.poll(() => staff.locator('.blocks li i').count(), patient).toBe(1)
    await panel.click('Done')

    await expect.poll(() => fieldOf('lesson'), patient).toBe('#content-wrapper')
    expect(await fieldOf('ignore')).toBe('div.printed\ndiv.questions')
    expect(await fieldOf('keep')).toBe('div.aims')
    const kinds = await staff.locator('.blocks li b').allTextContents()
    expect(new Set(kinds)).toEqual(
      new Set(['Heading', 'Paragraph', 'Formula', 'Code', 'Table', 'Table cell', 'List item']),
    )
    expect(kinds.length).toBe(21)
    expect(await markupOf(lesson)).toBe(before)
    expect(lesson.url()).toBe(chapter('positional'))
  })

  it('puts the textbook on the list, under both of its hosts', async () => {
    const patterns = [books.url, learnersHost].map((host) => `${host}/markbind/*`)
    await staff.locator('#patterns').fill(patterns.join('\n'))
    await staff.getByRole('button', { name: 'Add this textbook' }).click()
    await expect.poll(() => staff.url(), patient).toContain('#/site/numbers-in-machines')
    const listed = async () => (await (await fetch(`${stack.api.url}/api/sites`)).json()).sites
    await expect.poll(listed, patient).toContainEqual({
      id: 'numbers-in-machines',
      name: 'Numbers in machines',
      patterns,
      lesson: '#content-wrapper',
      ignore: ['div.printed', 'div.questions'],
      keep: ['div.aims'],
      policy: 'allow',
    })
    await expect.poll(() => staff.getByText('Added').count(), patient).toBe(1)
  })

  it('checks the page and the other chapters, which are of no known family, and closes them again', async () => {
    const open = chromium.context.pages().length
    await staff.getByRole('button', { name: 'Check my site' }).click()
    await expect.poll(() => staff.getByText('Checked.').count(), { timeout: 60_000 }).toBe(1)
    const rows = await staff.locator('.checked').allInnerTexts()
    expect(rows.map((row) => row.split('\n')[0])).toEqual([
      'Positional numbers',
      'Numbers in machines',
      'Negative numbers',
      'Floating point',
      'Rounding',
      'Checksums',
    ])
    for (const row of rows) expect(row).toContain('of no known family')
    expect(rows[0]).toContain('code: 1')
    expect(chromium.context.pages().length).toBe(open)
  })

  it('hands the textbook out by a course’s link', async () => {
    await staff.getByRole('button', { name: 'Add a course' }).click()
    await staff.locator('#course-name').fill('Machines I')
    await staff.locator('#course-code').fill('machines-one')
    await staff.getByRole('button', { name: 'Save the course' }).click()
    await staff.getByRole('button', { name: 'Copy course link: Machines I' }).click()
    const said = staff.locator('[aria-labelledby=courses-title] > [role=status]')
    link = `${stack.api.url}/course/machines-one`
    await expect.poll(() => said.textContent(), patient).toContain(link)
  })

  it('has chapters made before class for whom they expect: paused, resumed, and told what could not be read', async () => {
    await stack.api.startWarmups()
    await staff.getByRole('button', { name: 'Make rewrites before class' }).click()
    await staff.getByRole('button', { name: 'Take the navigation’s lessons' }).click()
    const lessons = staff.locator('.ticks.taken li')
    await expect.poll(() => lessons.count(), patient).toBe(6)
    const addresses = [...chapters, 'missing'].map((name) => `<url><loc>${chapter(name)}</loc></url>`)
    const buffer = Buffer.from(`<urlset>${addresses.join('')}</urlset>`)
    await staff
      .locator('.warmups [type=file]')
      .setInputFiles({ name: 'sitemap.xml', mimeType: 'text/xml', buffer })
    await expect.poll(() => lessons.first().textContent(), patient).toBe('/markbind/chapters/positional.html')
    await staff.getByText('Somebody else').click()
    for (const [field, value] of Object.entries(profileOf(anyAnswers)))
      await staff.locator(`#warmup-${field}`).selectOption(value)
    await staff.getByRole('button', { name: 'Add to the list' }).click()
    await staff.getByRole('button', { name: 'Make 6 rewrites' }).click()

    const warmup = staff.locator('.warmup')
    await warmup.getByRole('button', { name: 'Pause' }).click()
    await warmup.getByText('Paused').waitFor()
    await warmup.getByRole('button', { name: 'Go on' }).click()
    await expect
      .poll(() => warmup.textContent(), { timeout: 90_000 })
      .toContain('Rewrites made: 5 of 5 · failed: 0')
    await warmup.getByText('Lessons that were not read: 1').click()
    expect(await warmup.textContent()).toContain('This page could not be opened or read.')
    expect(await warmup.getByRole('button', { name: 'Try again' }).count()).toBe(1)
  })

  it.each(['forged', 'expired', 'revoked'] as const)('is not let in by a token that is %s', async (kind) => {
    const tokens = {
      forged: async () => newStaffToken().token,
      expired: () => addStaffToken(stack.api.database, 'Bilal', -1),
      revoked: async () => {
        const token = await addStaffToken(stack.api.database, 'Cem')
        await createStaffTokenStore(stack.api.database).revoke('Cem')
        return token
      },
    }
    const token = await tokens[kind]()
    const page = await chromium.context.newPage()
    await page.goto(`${chromium.origin}/staff.html`)
    const signOut = page.getByRole('button', { name: 'Sign out' })
    await page.locator('#token').or(signOut).first().waitFor()
    if (await signOut.isVisible()) await signOut.click()
    await page.locator('#token').fill(token)
    await page.locator('[type=submit]').click()
    await page.getByText('This token does not hold').waitFor()
    expect(await page.content()).not.toContain(token)
    await page.close()
  })
})

describe('a learner with a fresh profile, in Firefox', () => {
  let outDir: string
  let firefox: ExtendedFirefox
  let bar: FirefoxLessonBar

  beforeAll(async () => {
    outDir = join(stack.extension, '../firefox')
    const variables = { LECTERN_LOCALHOST: '1', LECTERN_API_URL: stack.api.url }
    firefox = await ExtendedFirefox.launch(await buildVariant(outDir, 'firefox', variables))
    bar = new FirefoxLessonBar(firefox)
  })
  afterAll(async () => {
    await firefox?.close()
    await rm(outDir, { recursive: true, force: true })
  })

  const words = () => firefox.evaluate(() => document.body.textContent)
  const press = async (label: string) => {
    const found = await firefox.evaluate((wanted) => {
      const buttons = [...document.querySelectorAll('button')]
      const button = buttons.find((one) => one.textContent === wanted || one.ariaLabel === wanted)
      for (const other of document.querySelectorAll('[data-wanted]')) other.removeAttribute('data-wanted')
      button?.setAttribute('data-wanted', '')
      return button !== undefined
    }, label)
    expect(found, label).toBe(true)
    await firefox.click(await firefox.find('[data-wanted]'))
  }

  it('starts from the course link', async () => {
    await answerQuestions(firefox)
    await firefox.open(link)
    await expect.poll(() => firefox.goTo(/^moz-extension:.*course=/), patient).toBe(true)
    await expect.poll(words, patient).toContain('Find the course')
    await press('Find the course')
    await expect.poll(words, patient).toContain('Your course is Machines I.')
  })

  it('allows the textbook by the browser’s own prompt', async () => {
    await expect.poll(words, patient).toContain('Numbers in machines')
    await press('Allow Numbers in machines')
    expect(await new FirefoxPopup(firefox).allow()).toContain('lessons.localhost')
  })

  it('finds the tabs on a chapter, and the lesson personalized, as it was made before class', async () => {
    const calls = stack.model.requests.length
    await firefox.open(chapter('negative', learnersHost))
    await expect.poll(() => bar.selected(), patient).toBe('Original')
    // Again where the book's framework takes over its page meanwhile, which takes the tabs away for a moment.
    await vi.waitFor(() => bar.press('Personalized'), patient)
    await expect.poll(() => bar.status(), patient).toMatch(/rewritten.*from cache/)
    expect(stack.model.requests).toHaveLength(calls)
    const parts = await firefox.evaluate(() => {
      const clone = document.querySelector('[data-lectern-clone]')
      const all = (selector: string, root: Element | null) =>
        [...(root?.querySelectorAll(selector) ?? [])].map(({ outerHTML }) => outerHTML)
      const original = document.querySelector('[data-lectern-hidden]')
      return {
        aims: clone?.querySelector('.aims')?.textContent.trim(),
        printed: clone?.querySelector('.printed')?.textContent,
        fixed: [all('pre, table, img, .katex', clone), all('pre, table, img, .katex', original)],
        prose: [
          clone?.querySelector('p:not(.aims p)')?.textContent,
          original?.querySelector('p:not(.aims p)')?.textContent,
        ],
      }
    })
    // The author's aims stand word for word; what is left out is shown as it was.
    expect(parts.aims).toBe(
      "After this chapter you can write a negative number in two's complement, and say when an addition overflows.",
    )
    expect(parts.printed).toMatch(/^Printed for the autumn course/)
    expect(parts.fixed[0]).toEqual(parts.fixed[1])
    expect(parts.fixed[0]).toHaveLength(5)
    expect(parts.prose[0]).not.toBe(parts.prose[1])
  })

  it('met no error of the extension', async () => {
    expect(await firefox.errors()).toEqual([])
  })
})
