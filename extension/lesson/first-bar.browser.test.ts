import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type {} from './testing/lesson-page.ts'
import { openLessonPages } from './testing/lesson-pages.ts'

const { open, bar, streams } = openLessonPages()

/** A page that has the bar but not the view yet. */
async function openFirst(): Promise<Page> {
  const page = await open()
  await page.evaluate(() => {
    window.view.destroy()
    window.lessonPage.showFirst()
  })
  return page
}

const mount = (page: Page) =>
  page.evaluate(() => {
    window.view = window.lessonPage.mount()
  })

/** What is seen of the tabs and the menu's button, and what a screen reader is told of them. */
const seen = (page: Page) =>
  page.evaluate(() => {
    const { shadow } = window.lessonPage
    const parts = [...shadow.querySelectorAll('[role=tablist], [role=tab], .more, .more svg')]
    const attributes = ['role', 'aria-label', 'aria-selected', 'aria-haspopup', 'tabindex', 'class']
    return {
      height: shadow.host.getBoundingClientRect().height,
      language: [...shadow.querySelectorAll('.bar')].map((one) => [
        one.getAttribute('lang'),
        one.getAttribute('dir'),
      ]),
      parts: parts.map((part) => [
        part.textContent,
        JSON.stringify(part.getBoundingClientRect()),
        ...attributes.map((name) => part.getAttribute(name)),
      ]),
    }
  })

it('looks as the view’s own tabs do, which take its place without a move', async () => {
  const page = await openFirst()
  const first = await seen(page)
  expect(first.parts).toHaveLength(5)
  await mount(page)
  expect(await seen(page)).toEqual(first)
  expect(await page.locator('[data-lectern-tabs]').count()).toBe(1)
})

it('has what was pressed before the view was there done by it', async () => {
  const page = await openFirst()
  const { x, y } = await page.evaluate(() => {
    const [, tab] = window.lessonPage.shadow.querySelectorAll('[role=tab]')
    const { left = 0, top = 0 } = tab?.getBoundingClientRect() ?? {}
    return { x: left + 5, y: top + 5 }
  })
  await page.mouse.click(x, y)
  expect(await streams(page)).toBe(0)
  await mount(page)
  await expect.poll(() => streams(page)).toBe(1)
  expect(await bar(page)).toMatchObject({ selected: 'Personalized' })
})

it('leaves the focus where it is', async () => {
  const page = await openFirst()
  await page.keyboard.press('Tab')
  expect(await bar(page)).toMatchObject({ focused: 'Original' })
  await mount(page)
  expect(await bar(page)).toMatchObject({ focused: 'Original' })
})
