import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChromiumPages } from './testing/chromium-page.ts'
import { interactivePage } from './testing/interactive-lesson.ts'
import type {} from './testing/rendering-page.ts'

let pages: ChromiumPages
beforeAll(async () => {
  pages = await ChromiumPages.launch('rendering/testing/rendering-page.ts')
}, 60_000)
afterAll(() => pages?.close())

const paragraphs = Array.from(
  { length: 40 },
  (_, i) => `<p data-block="paragraph" id="p${i}">Paragraph ${i}. ${'words '.repeat(30)}</p>`,
).join('')
const long = 'Many more words than before. '.repeat(20)

/** A lesson scrolled so that paragraph 20 begins above the window's top by this. */
async function open(styles: string, above: number): Promise<Page> {
  const page = await pages.open(
    `<!doctype html><html lang="en"><style>body { font: 16px/1.5 serif } ${styles}</style><body><main><article>${paragraphs}</article></main>`,
  )
  await page.evaluate((pixels) => {
    const lesson = window.rendering.extractMarked(document.querySelector('article') as Element)
    window.clone = window.rendering.createLessonClone(lesson)
    window.clone.show()
    window.clone.awaitBlocks(lesson.blocks.keys())
    document.querySelector('[data-lectern-clone] #p20')?.scrollIntoView({ behavior: 'instant' })
    scrollerOf().scrollBy({ top: pixels, behavior: 'instant' })
    return new Promise((resolve) => requestAnimationFrame(resolve))

    function scrollerOf(): Element {
      const main = document.querySelector('main') as Element
      return main.scrollHeight > main.clientHeight && getComputedStyle(main).overflowY === 'auto'
        ? main
        : (document.scrollingElement as Element)
    }
  }, above)
  return page
}

const topOf = (page: Page, id: string) =>
  page
    .locator(`[data-lectern-clone] ${id}`)
    .evaluate((element) => Math.round(element.getBoundingClientRect().top))

/** Shows rewrites of blocks as they come over a connection: one by one, with the browser's own work between. */
const arrive = (page: Page, indices: number[], inline: string, addition = false) =>
  page.evaluate(
    async ([blocks, words, withAddition]) => {
      for (const index of blocks) {
        window.clone.applyBlock(index, { status: 'rewritten', inline: words })
        if (withAddition) window.clone.addAddition({ after: index, kind: 'example', inline: words })
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      }
    },
    [indices, inline, addition] as const,
  )

describe.each([
  ['in a page', ''],
  ['in a box that scrolls', 'html, body { margin: 0; height: 100% } main { height: 100%; overflow: auto }'],
  ['in a page without scroll anchoring', 'html, body { overflow-anchor: none }'],
])('%s the text that is read stays where it is', (_, styles) => {
  it('while blocks above it and in sight come, with additions', async () => {
    const page = await open(styles, 7)
    expect(await topOf(page, '#p20')).toBe(-7)
    await arrive(page, [0, 3, 19], long, true)
    expect(await topOf(page, '#p20')).toBe(-7)
    await arrive(page, [22, 30], long, true)
    expect(await topOf(page, '#p20')).toBe(-7)
    await page.close()
  })

  it('while the block that the window’s top cuts grows: its own lines run on below it', async () => {
    const page = await open(styles, 30)
    await arrive(page, [20], long)
    expect(Math.abs((await topOf(page, '#p20')) + 30)).toBeLessThanOrEqual(1)
    await page.close()
  })

  it('while a block is flipped, and above it others are given back', async () => {
    const page = await open(styles, -40)
    await arrive(page, [18, 20], long)
    await page.evaluate(() => window.clone.flip(20))
    expect(await topOf(page, '#p20')).toBe(40)
    await page.evaluate(() => window.clone.flip(20))
    expect(await topOf(page, '#p20')).toBe(40)
    await page.evaluate(() => {
      window.clone.reset()
      return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    })
    expect(await topOf(page, '#p20')).toBe(40)
    await page.close()
  })
})

it('goes back to the very scroll position where the browser’s anchoring came out a pixel beside it', async () => {
  const page = await pages.open(interactivePage)
  await page.evaluate(() => {
    const article = document.querySelector('article') as Element
    window.clone = window.rendering.createLessonClone(window.rendering.extractMarked(article))
    window.scrollTo({ top: 901, behavior: 'instant' })
  })
  await page.evaluate(() => window.clone.show())
  await page.evaluate(() => window.scrollBy({ top: -1, behavior: 'instant' }))
  await page.evaluate(() => window.clone.hide())
  expect(await page.evaluate(() => window.scrollY)).toBe(901)
  await page.close()
})
