import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChromiumPages } from './testing/chromium-page.ts'
import type {} from './testing/rendering-page.ts'

let pages: ChromiumPages
beforeAll(async () => {
  pages = await ChromiumPages.launch('rendering/testing/rendering-page.ts')
}, 60_000)
afterAll(() => pages?.close())

/** How opaque the paragraph of a page in these styles is while it waits. */
async function opacityIn(styles: string, inner = 'Some words.'): Promise<string> {
  const page = await pages.open(
    `<!doctype html><html lang="en"><style>${styles}</style><body><main><article><p data-block="paragraph">${inner}</p></article></main>`,
  )
  const opacity = await page.evaluate(() => {
    const lesson = window.rendering.extractMarked(document.querySelector('article') as Element)
    const clone = window.rendering.createLessonClone(lesson)
    clone.show()
    clone.awaitBlocks([0])
    return getComputedStyle(document.querySelector('[data-lectern-clone] p') as Element).opacity
  })
  await page.close()
  return opacity
}

it.each([
  ['black on white', 'body { color: #000 }', '0.6'],
  ['white on black', 'body { color: #fff; background: #000 }', '0.6'],
  ['grey that has some contrast to spare', 'body { color: #595959 }', '0.9'],
  ['grey that has none', 'body { color: #767676 }', '1'],
  ['grey on a translucent layer', 'body { background: #222 } main { background: #fff1; color: #ccc }', '0.7'],
  ['colours that cannot be reckoned with', 'body { color: oklch(0.2 0.1 200) }', '1'],
])('dims %s only as far as its contrast stays 4.5', async (_, styles, opacity) => {
  expect(await opacityIn(styles)).toBe(opacity)
})

it('does not dim dark words with a link that has no contrast to spare', async () => {
  const inner = 'Words and <a href="#x">a link</a>.'
  expect(await opacityIn('body { color: #000 } a { color: #757575 }', inner)).toBe('1')
})

it('dims nothing in forced colours', async () => {
  const page = await pages.open('<!doctype html><article><p data-block="paragraph">Words.</p></article>')
  await page.emulateMedia({ forcedColors: 'active' })
  const opacity = await page.evaluate(() => {
    const lesson = window.rendering.extractMarked(document.querySelector('article') as Element)
    const clone = window.rendering.createLessonClone(lesson)
    clone.show()
    clone.awaitBlocks([0])
    return getComputedStyle(document.querySelector('[data-lectern-clone] p') as Element).opacity
  })
  expect(opacity).toBe('1')
  await page.close()
})
