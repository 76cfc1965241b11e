import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { ChromiumPopup } from './chromium-popup.ts'
import { type Stack, startStack } from './stack.ts'

const site = 'http://localhost:8790'
const patient = { timeout: 60_000 }
const chapters = { Basics: ['values', 'loops'], Structures: ['lists', 'maps'] }

let stack: Stack
let chromium: ExtendedChromium
let page: Page
let popup: ChromiumPopup

beforeAll(async () => {
  stack = await startStack('chrome')
  chromium = await launchChromium(stack.extension)
  page = await chromium.context.newPage()
  popup = await ChromiumPopup.over(page, chromium)
  await page.route(`${site}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: documentOf(pathname.slice(1)) })
  })
})
afterAll(async () => {
  await chromium?.close()
  await stack?.close()
})

/** A lesson beside the navigation of its book; half of it is below the window. */
function documentOf(lesson: string): string {
  const listed = Object.entries(chapters).map(([chapter, lessons]) => {
    const links = lessons.map((name) => `<li><a href="/${name}">All about ${name}</a></li>`)
    return `<li><span>${chapter}</span><ul>${links.join('')}</ul></li>`
  })
  const passage = `<p>A passage of the lesson on ${lesson}. ${'It goes on for quite a while. '.repeat(3)}</p>`
  return `<!doctype html><html lang="en"><title>${lesson}</title>
    <style>p { min-height: 200px }</style>
    <nav><ul>${listed.join('')}</ul></nav>
    <main><h1>All about ${lesson}</h1>${passage.repeat(8)}</main>`
}

async function openLesson(lesson: string): Promise<void> {
  await page.goto(`${site}/${lesson}`)
  await expect.poll(() => new LessonBar(page).count(), patient).toBe(1)
}

/** Reads on, with the pointer moving, until something is kept of a lesson. */
async function readUntil(lesson: string, state: string): Promise<void> {
  let moved = 0
  await expect
    .poll(async () => {
      await page.mouse.move(200 + (moved++ % 50), 300)
      // As when the learner goes to another window.
      await page.evaluate(() => window.dispatchEvent(new Event('blur')))
      return popup.kept('progress')
    }, patient)
    .toMatchObject({
      lessons: expect.arrayContaining([
        expect.objectContaining({ lesson_slug: `localhost:8790/${lesson}`, state }),
      ]),
    })
}

it('is in progress while it is read, and completed once its end was seen', async () => {
  await openLesson('loops')
  await readUntil('loops', 'in_progress')
  await page.mouse.wheel(0, 10_000)
  await readUntil('loops', 'completed')
})

it('is shown in the popup with the book’s outline and the next lesson', async () => {
  await popup.open()
  await expect.poll(() => popup.textOf('.this-lesson'), patient).toContain('Completed')
  expect(await popup.textOf('.completed-count')).toBe('Completed: 1 of 4')
  expect(await popup.textOf('.next-lesson')).toMatch(/^Next lesson\s+All about lists$/)
  await popup.click('.book-outline > summary')
  expect(await popup.textOf('.book-outline')).toMatch(
    /Basics\s*1\/2.*All about values.*All about loops.*Structures\s*0\/2/s,
  )
})

it('goes on to the next lesson in the same tab', async () => {
  await popup.click('.next-lesson')
  await page.waitForURL(`${site}/lists`)
  await expect.poll(() => new LessonBar(page).count(), patient).toBe(1)
})

it('takes the learner’s word, and tells no server', async () => {
  await popup.open()
  await expect.poll(() => popup.buttonsOf('.this-lesson'), patient).toEqual(['Mark as completed'])
  await popup.click('.this-lesson button')
  await expect.poll(() => popup.textOf('.completed-count'), patient).toBe('Completed: 2 of 4')
  await popup.close()
  expect(stack.api.log.filter((line) => line.includes('/api/progress'))).toEqual([])
})
