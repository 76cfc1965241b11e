import type { MathNode } from '@lectern/shared'
import { typesetTex } from '@lectern/shared/typesetting'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChromiumPages } from './testing/chromium-page.ts'
import type {} from './testing/rendering-page.ts'

let pages: ChromiumPages
beforeAll(async () => {
  pages = await ChromiumPages.launch('rendering/testing/rendering-page.ts')
}, 60_000)
afterAll(() => pages?.close())

/** Shows an addition with a formula on a page of this width; gives the sizes and the upper line of what is shown. */
async function shownIn(width: number, tex: string) {
  const page = await pages.open(
    '<!doctype html><html lang="en"><body><article><p data-block="paragraph">One.</p></article>',
    { viewport: { width, height: 600 } },
  )
  const sizes = await page.evaluate(
    ({ tex, math }) => {
      const { createLessonClone, extractMarked, mathElement } = window.rendering
      const lesson = extractMarked(document.querySelector('article') as Element)
      const clone = createLessonClone(lesson, { typesetTex: () => mathElement(document, math) })
      clone.show()
      clone.addAddition({ after: 0, kind: 'example', inline: `So $${tex}$ it is` })
      const formula = document.querySelector('math') as Element
      const paragraph = formula.closest('p') as Element
      return {
        page: document.documentElement.scrollWidth,
        height: formula.getBoundingClientRect().height,
        line: getComputedStyle(formula.firstElementChild as Element).borderBlockStartStyle,
        scrolls: paragraph.scrollWidth > paragraph.clientWidth,
      }
    },
    { tex, math: typesetTex(tex) as MathNode },
  )
  await page.close()
  return sizes
}

const sum = Array.from({ length: 20 }, (_, i) => `x_{${i}}`).join('+')

it('breaks a long formula at its operators', async () => {
  const narrow = await shownIn(320, sum)
  expect(narrow).toMatchObject({ page: 320, scrolls: false })
  const wide = await shownIn(1600, sum)
  expect(narrow.height).toBeGreaterThan(2 * wide.height)
})

it('lets the paragraph scroll where a formula cannot break, never the page', async () => {
  expect(await shownIn(320, `\\frac{${sum}}{2}`)).toMatchObject({
    page: 320,
    scrolls: true,
  })
})

it('draws what MathML has no attribute for', async () => {
  const [plain, boxed] = await Promise.all([shownIn(800, 'x'), shownIn(800, '\\boxed{x}')])
  expect([plain.line, boxed.line]).toEqual(['none', 'solid'])
})
