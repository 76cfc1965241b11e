import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { PageOptions } from '../rendering/testing/chromium-page.ts'
import { block, done, lessonPage, openLessonPages, plan } from './testing/lesson-pages.ts'

const { open, bar, send, click } = openLessonPages()

async function openRewritten(html?: string, options?: PageOptions): Promise<Page> {
  const page = await open(html, options)
  await click(page, 'Personalized')
  await send(page, plan, block(0), block(1), block(5), block(10), done)
  return page
}

const paragraph = (page: Page) => page.locator('[data-lectern-clone] p').first()
const words = async (page: Page) => (await paragraph(page).textContent())?.trim()

/** Where the mark is, in the window. */
const markBox = (page: Page) =>
  page.evaluate(() => {
    const { left, right, top, bottom } = (
      window.lessonPage.shadow.querySelector('.mark') as Element
    ).getBoundingClientRect()
    return { left, right, top, bottom }
  })

it('stands beside the block under the pointer, flips it to the author’s words and back', async () => {
  const page = await openRewritten()
  expect((await bar(page)).mark).toBeUndefined()
  await paragraph(page).hover()
  expect((await bar(page)).mark).toBe('Author’s words of block 2 of 4: New 1.')
  const [mark, block] = [await markBox(page), await paragraph(page).boundingBox()]
  expect(mark.right).toBeLessThanOrEqual(block?.x ?? 0)
  expect(mark.top).toBeLessThan((block?.y ?? 0) + 20)
  await page.mouse.click((mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2)
  expect(await words(page)).toMatch(/A closure keeps its environment/)
  expect(await paragraph(page).locator('a.xref').getAttribute('href')).toBe('https://example.org/env')
  expect((await bar(page)).said).toBe('Block 2 of 4: the author’s words')
  await page.mouse.click((mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2)
  expect(await words(page)).toBe('New 1.')
  expect(await page.locator('[data-lectern-flipped]').count()).toBe(0)
  await page.mouse.move(790, 10)
  await expect.poll(async () => (await bar(page)).mark).toBeUndefined()
  await page.close()
})

it('is one stop by keyboard, where the arrows go from block to block', async () => {
  const page = await openRewritten()
  const goOn = async () => {
    await page.keyboard.press('Tab')
    return (await bar(page)).focused
  }
  await expect.poll(goOn).toMatch(/block 1 of 4: New 0\./)
  await page.keyboard.press('ArrowDown')
  expect(await bar(page)).toMatchObject({ said: '2. New 1.' })
  await page.keyboard.press('Enter')
  expect(await words(page)).toMatch(/A closure keeps/)
  await page.keyboard.press('End')
  expect((await bar(page)).focused).toMatch(/block 4 of 4/)
  await page.keyboard.press('ArrowDown')
  expect((await bar(page)).focused).toMatch(/block 4 of 4/)
  await page.keyboard.press('Shift+Tab')
  await expect.poll(async () => (await bar(page)).mark).toBeUndefined()
  await page.close()
})

it('answers the shortcut: for the block that has the focus, else below the pointer, else the first in sight', async () => {
  const page = await openRewritten()
  const flip = () => page.evaluate(() => window.view.flipBlock())
  await flip()
  const flipped = () =>
    page.locator('[data-lectern-flipped]').evaluateAll((all) => all.map((one) => one.localName))
  expect(await flipped()).toEqual(['h1'])
  await flip()
  await paragraph(page).hover()
  await flip()
  expect(await flipped()).toEqual(['p'])
  await page.evaluate(() => window.view.flipTab())
  expect((await bar(page)).selected).toBe('Original')
  await page.evaluate(() => window.view.flipTab())
  expect([(await bar(page)).selected, await flipped()]).toEqual(['Personalized', ['p']])
  await page.close()
})

it('stays in the margin of a narrow page and of one read from right to left', async () => {
  const narrow = await openRewritten(lessonPage, { viewport: { width: 380, height: 700 } })
  await paragraph(narrow).hover()
  const [mark, block] = [await markBox(narrow), await paragraph(narrow).boundingBox()]
  expect(mark.left).toBeGreaterThanOrEqual(0)
  expect(mark.right).toBeLessThanOrEqual((block?.x ?? 0) + 2)
  await narrow.close()
  const rtl = await openRewritten(lessonPage.replace('<html', '<html dir="rtl"'))
  await paragraph(rtl).hover()
  const [right, text] = [await markBox(rtl), await paragraph(rtl).boundingBox()]
  expect(right.left).toBeGreaterThanOrEqual((text?.x ?? 0) + (text?.width ?? 0))
  await rtl.close()
})

it('moves with its block while blocks above it grow', async () => {
  const page = await openRewritten()
  await page.locator('[data-lectern-clone] li').first().hover()
  const before = await markBox(page)
  await send(page, { type: 'block', index: 1, status: 'rewritten', inline: 'Long words. '.repeat(60) })
  await page.waitForTimeout(100)
  expect((await markBox(page)).top).toBeGreaterThan(before.top + 50)
  await page.close()
})
