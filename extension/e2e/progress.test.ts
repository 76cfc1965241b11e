import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servePages } from './bench/serve-pages.ts'
import { browsersUnderTest } from './browsers-under-test.ts'
import type { Learner } from './learner.ts'
import { startStack } from './stack.ts'

const patient = { timeout: 60_000, interval: 200 }
const chapters = { Basics: ['values', 'loops'], Structures: ['lists', 'maps'] }

/** A lesson beside the navigation of its book; half of it is below the window. */
function documentOf(lesson: string): string {
  const listed = Object.entries(chapters).map(([chapter, lessons]) => {
    const links = lessons.map((name) => `<li><a href="/${name}">All about ${name}</a></li>`)
    return `<li><span>${chapter}</span><ul>${links.join('')}</ul></li>`
  })
  const passage = `<p>A passage of the lesson on ${lesson}. ${'It goes on for quite a while. '.repeat(3)}</p>`
  return `<!doctype html><html lang="en"><title>${lesson}</title>
    <link rel="icon" href="data:,">
    <style>p { min-height: 200px }</style>
    <nav><ul>${listed.join('')}</ul></nav>
    <main><h1>All about ${lesson}</h1>${passage.repeat(8)}</main>`
}

describe.each(browsersUnderTest)('how far a learner is with a lesson, in $name', ({ build, start }) => {
  let learner: Learner
  let book: Awaited<ReturnType<typeof servePages>>

  beforeAll(async () => {
    const lessons = Object.values(chapters).flat()
    book = await servePages(Object.fromEntries(lessons.map((name) => [name, documentOf(name)])))
    learner = await start(await startStack(build))
    await learner.answer()
    await kept()
  })
  afterAll(async () => {
    await learner?.close()
    await book?.close()
  })

  const kept = () => learner.inExtension(async () => (await chrome.storage.local.get()).progress)
  const popup = (selector: string) => learner.popup.text(selector)

  /** Reads on, with a hand on the keyboard, until something is kept of a lesson. */
  async function readUntil(lesson: string, state: string): Promise<void> {
    const lesson_slug = `${new URL(book.url).host}/${lesson}`
    await expect
      .poll(async () => {
        await learner.press('Shift')
        // As when the learner goes to another window.
        await learner.evaluate(() => void window.dispatchEvent(new Event('blur')))
        return kept()
      }, patient)
      .toMatchObject({
        lessons: expect.arrayContaining([expect.objectContaining({ lesson_slug, state })]),
      })
  }

  it('is in progress while it is read, and completed once its end was seen', async () => {
    await learner.open(book.urlOf('loops'))
    await expect.poll(() => learner.bars(), patient).toBe(1)
    await readUntil('loops', 'in_progress')
    await learner.press('End')
    await readUntil('loops', 'completed')
  })

  it('is shown in the popup with the book’s outline and the next lesson', async () => {
    await learner.popup.open()
    await expect.poll(() => popup('.this-lesson'), patient).toContain('Completed')
    expect(await popup('.completed-count')).toBe('Completed: 1 of 4')
    expect(await popup('.next-lesson')).toMatch(/^Next lesson\s+All about lists$/)
    await learner.popup.click('Outline of this book')
    await expect
      .poll(() => popup('.book-outline'), patient)
      .toMatch(/Basics\s*1\/2.*All about values.*All about loops.*Structures\s*0\/2/s)
  })

  it('leads on to the next lesson in the same tab', async () => {
    await learner.popup.click('Next lesson')
    await expect.poll(() => learner.goTo(/\/lists$/), patient).toBe(true)
    await expect.poll(() => learner.bars(), patient).toBe(1)
  })

  it('is what the learner says, and told to no server', async () => {
    await learner.popup.open()
    await expect.poll(() => popup('.this-lesson'), patient).toContain('Mark as completed')
    await learner.popup.click('Mark as completed')
    await expect.poll(() => popup('.completed-count'), patient).toBe('Completed: 2 of 4')
    expect(learner.stack.api.log.filter((line) => line.includes('/api/progress'))).toEqual([])
  })

  it('meets no error', async () => {
    expect(await learner.problems()).toEqual([])
  })
})
