import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChromiumPages } from './testing/chromium-page.ts'
import type {} from './testing/rendering-page.ts'

const drawing = (inside: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60">${inside}</svg>`)}`

let pages: ChromiumPages
beforeAll(async () => {
  pages = await ChromiumPages.launch('rendering/testing/rendering-page.ts')
}, 60_000)
afterAll(() => pages?.close())

describe('an object that is a picture', () => {
  it('is seen in the clone as it was, while one of another kind is in Original', async () => {
    const page = await pages.open(
      `<!doctype html><html lang="en"><article><p data-block="paragraph">Words.</p>
      <p><object id="drawn" data="${drawing('<rect width="120" height="60" fill="red"/>')}" type="image/svg+xml">A bar</object></p>
      <p><object data="data:text/html,game" type="text/html"></object></p><p>End.</p></article>`,
    )
    await page.waitForLoadState('load')
    const before = await page.locator('#drawn').screenshot()
    const top = (await page.getByText('End.').boundingBox())?.y
    await page.evaluate(() => {
      const lesson = window.rendering.extractMarked(document.querySelector('article') as Element)
      window.rendering.createLessonClone(lesson).show()
    })
    const image = page.locator('[data-lectern-clone] img')
    await image.evaluate((shown) => (shown as HTMLImageElement).decode())
    expect(await image.getAttribute('alt')).toBe('A bar')
    expect((await image.screenshot()).equals(before)).toBe(true)
    expect((await page.locator('[data-lectern-clone]').getByText('End.').boundingBox())?.y).toBe(top)
    expect(await page.locator('[data-lectern-clone] object').count()).toBe(0)
    expect(await page.getByRole('button').allTextContents()).toEqual(['This embedded object is in Original'])
    await page.close()
  })
})
