import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChromiumPages, type PageOptions } from './testing/chromium-page.ts'
import { interactivePage } from './testing/interactive-lesson.ts'
import { markedLesson } from './testing/marked-lesson.ts'
import type {} from './testing/rendering-page.ts'

let pages: ChromiumPages
beforeAll(async () => {
  pages = await ChromiumPages.launch('rendering/testing/rendering-page.ts')
}, 60_000)
afterAll(() => pages?.close())

declare global {
  interface Window {
    clone: import('./lesson-clone.ts').LessonClone
    lesson: import('../extraction/extracted-lesson.ts').ExtractedLesson
    runs: number
    constructed: number
  }
}

async function open(html = interactivePage, options?: PageOptions): Promise<Page> {
  const page = await pages.open(html, options)
  await page.evaluate(() => {
    window.lesson = window.rendering.extractMarked(document.querySelector('article') as Element)
    window.clone = window.rendering.createLessonClone(window.lesson)
  })
  return page
}

const show = (page: Page) => page.evaluate(() => window.clone.show())
const hide = (page: Page) => page.evaluate(() => window.clone.hide())

/** Everything of the original that a learner can have changed. */
function originalState(page: Page) {
  return page.evaluate(() => {
    const root = window.lesson.root
    const all = <E extends Element>(selector: string) => [...root.querySelectorAll<E>(selector)]
    return {
      html: root.outerHTML,
      checked: all<HTMLInputElement>('input').map(({ checked, value }) => [checked, value]),
      open: all<HTMLDetailsElement>('details').map((details) => details.open),
      values: all<HTMLTextAreaElement>('textarea, select').map(({ value }) => value),
      scrolled: [window.scrollY, root.querySelector('pre')?.scrollLeft],
    }
  })
}

describe('the clone', () => {
  it('rewritten with its own text gives the same pixels', async () => {
    const styles =
      'body{font:17px/1.6 serif;margin:30px} .term{color:#060} li{margin:.3em} .markdown>p:nth-of-type(2){background:#eef}'
    const page = await open(
      `<!doctype html><html lang="en"><style>${styles}</style><body><main>${markedLesson}</main>`,
    )
    const before = await page.screenshot({ fullPage: true })
    await show(page)
    expect(before.equals(await page.screenshot({ fullPage: true }))).toBe(true)
    const replaced = await page.evaluate(() => {
      const textNodes = () => {
        const found = new Set<Node>()
        const walker = document.createTreeWalker(
          document.querySelector('[data-lectern-clone]') as Element,
          NodeFilter.SHOW_TEXT,
        )
        while (walker.nextNode()) if (walker.currentNode.nodeValue?.trim()) found.add(walker.currentNode)
        return found
      }
      const authors = textNodes()
      for (const [index, { block }] of window.lesson.blocks.entries())
        window.clone.applyBlock(index, { status: 'rewritten', inline: block.text })
      return [...textNodes()].filter((node) => !authors.has(node)).length
    })
    expect(replaced).toBeGreaterThan(30)
    expect(before.equals(await page.screenshot({ fullPage: true }))).toBe(true)
    await page.close()
  })

  it('leaves the original as it was: bytes, choices, values, scroll', async () => {
    const page = await open()
    await page.evaluate(() => {
      ;(document.querySelector('[name=answer]') as HTMLInputElement).value = 'typed'
      ;(document.querySelector('textarea') as HTMLTextAreaElement).value = 'because'
      ;(document.querySelector('select') as HTMLSelectElement).selectedIndex = 1
      ;(document.querySelector('#outside-2') as HTMLInputElement).checked = true
      ;(document.querySelector('pre') as HTMLElement).scrollLeft = 40
      window.clone = window.rendering.createLessonClone(window.lesson)
      window.scrollTo({ top: 700, behavior: 'instant' })
    })
    const before = await originalState(page)
    await show(page)
    await hide(page)
    expect(await originalState(page)).toEqual(before)
    await show(page)
    const inClone = await page.evaluate(() => {
      const clone = document.querySelector('[data-lectern-clone]') as Element
      return [
        [...clone.querySelectorAll<HTMLInputElement>('input')].map(({ checked, value }) => [checked, value]),
        [...clone.querySelectorAll<HTMLTextAreaElement>('textarea, select')].map(({ value }) => value),
        clone.querySelector('pre')?.scrollLeft,
      ]
    })
    expect(inClone).toEqual([before.checked, before.values, 40])
    await page.evaluate(() => {
      const clone = document.querySelector('[data-lectern-clone]') as Element
      for (const [index] of window.lesson.blocks.entries())
        window.clone.applyBlock(index, {
          status: 'rewritten',
          inline: 'Other, and much longer, words. '.repeat(9),
        })
      ;(clone.querySelector('label[for=tab-1]') as HTMLElement).click()
      ;(clone.querySelector('#second > summary') as HTMLElement).click()
      ;(clone.querySelector('#outside-1') as HTMLElement).click()
      ;(clone.querySelector('form') as HTMLFormElement).reset()
    })
    await hide(page)
    const after = await originalState(page)
    expect({ ...after, scrolled: [] }).toEqual({ ...before, scrolled: [] })
    expect(after.scrolled[1]).toBe(40)
    await page.close()
  })

  it('answers to its own labels and details, and draws with its own gradients', async () => {
    const page = await open()
    const before = await page.locator('#drawing').screenshot()
    await show(page)
    const drawing = page.locator('[data-lectern-clone] #drawing')
    expect(before.equals(await drawing.screenshot())).toBe(true)
    await page.locator('[data-lectern-clone] label[for=tab-1]').click()
    await page.locator('[data-lectern-clone] #second > summary').click()
    const states = await page.evaluate(() =>
      [document.querySelector('[data-lectern-clone]') as Element, window.lesson.root].map((root) => [
        (root.querySelector('#tab-1') as HTMLInputElement).checked,
        ...[...root.querySelectorAll('details')].map((details) => details.open),
      ]),
    )
    expect(states).toEqual([
      [true, false, true],
      [false, true, false],
    ])
    await page.close()
  })

  it('opens a panel that the page’s script measures and moves, and so does the original', async () => {
    const page = await open(`<!doctype html><html lang="en"><style>
      .panel { height: 0; overflow: hidden; transition: height .1s }</style><body><main><article>
      <p data-block="paragraph">Words.</p><button>More</button>
      <div class="panel"><p data-block="paragraph">What is more.</p></div></article></main><script>
      const panel = document.querySelector('.panel')
      document.querySelector('button').addEventListener('click', () => {
        panel.style.height = panel.scrollHeight + 'px'
        panel.addEventListener('transitionend', () => { panel.style.height = 'auto' }, { once: true })
      })</script>`)
    await show(page)
    const [button, panel] = ['button', '.panel'].map((selector) =>
      page.locator(`[data-lectern-clone] ${selector}`),
    )
    await button?.click()
    await expect.poll(() => panel?.evaluate((element) => (element as HTMLElement).style.height)).toBe('auto')
    expect((await panel?.boundingBox())?.height).toBeGreaterThan(15)
    expect(await page.getByRole('button').count()).toBe(1)
    const hidden = await page.locator('[data-lectern-hidden]').boundingBox()
    expect(hidden?.height).toBe(0)
    await hide(page)
    expect(await page.evaluate(() => window.lesson.root.outerHTML)).toContain(
      '<article>\n      <p data-block="paragraph">Words.</p><button>More</button>\n      <div class="panel" style="height: auto;">',
    )
    await page.close()
  })

  it('moves the focus where the page’s script moves it by keys', async () => {
    const page =
      await open(`<!doctype html><html lang="en"><body><main><article><p data-block="paragraph">Words.</p>
      <ul role="tablist"><li role="tab" tabindex="0">One</li><li role="tab" tabindex="-1">Two</li></ul></article></main>
      <script>
      const tabs = [...document.querySelectorAll('[role=tab]')]
      tabs[0].addEventListener('keydown', ({ key }) => { if (key === 'ArrowRight') tabs[1].focus() })
      </script>`)
    await show(page)
    await page.locator('[data-lectern-clone] [role=tab]').first().focus()
    await page.keyboard.press('ArrowRight')
    const focused = () =>
      page.evaluate(() => [
        document.activeElement?.textContent,
        document.activeElement?.closest('[data-lectern-clone]') !== null,
      ])
    expect(await focused()).toEqual(['Two', true])
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toEqual(['One', true])
    await page.close()
  })

  it('is where the page’s #links lead', async () => {
    const page = await open()
    await show(page)
    await page.locator('[data-lectern-clone] a[href="#end"]').click()
    await expect
      .poll(() =>
        page.evaluate(() => document.querySelector('#end')?.closest('[data-lectern-clone]') !== null),
      )
      .toBe(true)
    const top = await page
      .locator('[data-lectern-clone] #end')
      .evaluate((end) => end.getBoundingClientRect().top)
    expect(top).toBeLessThan(600)
    await page.close()
  })

  it('runs nothing twice, and shows where the original does', async () => {
    const page = await open()
    const constructed = await page.evaluate(() => window.constructed)
    const height = await page.locator('#frame').evaluate((frame) => frame.parentElement?.scrollHeight)
    await show(page)
    const clone = page.locator('[data-lectern-clone]')
    expect(await page.evaluate(() => [window.runs, window.constructed])).toEqual([1, constructed])
    expect(
      await clone.locator('script, iframe, video, canvas, live-counter, live-mark, live-panel').count(),
    ).toBe(0)
    expect(await clone.getByRole('button').allTextContents()).toEqual([
      'This video is in Original',
      'This embedded page is in Original',
      'This drawing is in Original',
      'This interactive element is in Original',
    ])
    expect(await clone.getByText('Words in a panel.').isVisible()).toBe(true)
    const box = await clone.getByRole('button').nth(1).boundingBox()
    expect([box?.width, box?.height]).toEqual([304, 84])
    const place = clone.getByRole('button').nth(1)
    expect(await place.evaluate((button) => button.parentElement?.scrollHeight)).toBe(height)
    await clone.getByRole('button').nth(1).click()
    expect(await page.locator('#frame').isVisible()).toBe(true)
    expect(await clone.count()).toBe(0)
    await page.close()
  })

  it('keeps the block at the top of the viewport there, both ways, and while blocks above it grow', async () => {
    const page = await open()
    await page.evaluate(() => {
      for (let index = 0; index < 12; index++)
        window.clone.applyBlock(index, {
          status: 'rewritten',
          inline: 'Many more words than before. '.repeat(20),
        })
      document.querySelector('#p15')?.scrollIntoView({ behavior: 'instant' })
      window.scrollBy({ top: 7, behavior: 'instant' })
    })
    const top = () =>
      page
        .locator('#p15')
        .first()
        .evaluate((p) => Math.round(p.getBoundingClientRect().top))
    expect(await top()).toBe(-7)
    await show(page)
    expect(await top()).toBe(-7)
    await page.evaluate(() => {
      for (let index = 12; index < 17; index++)
        window.clone.applyBlock(index, {
          status: 'rewritten',
          inline: 'Many more words than before. '.repeat(20),
        })
      return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
    expect(await top()).toBe(-7)
    await hide(page)
    expect(await top()).toBe(-7)
    await page.close()
  })

  it('hides the original under a policy without styles', async () => {
    const page = await open(interactivePage, {
      csp: "style-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'",
    })
    await show(page)
    expect(await page.locator('[data-lectern-hidden]').isVisible()).toBe(false)
    await page.close()
  })

  it.each([
    '<img src=x onerror="window.runs=9"> [x](javascript:alert(1)) <a href="javascript:1">y</a>',
    '**<style>*{display:none}</style>** `<script>window.runs=9</script>` &lt;svg onload=1&gt; {{7}} [z](#7)',
    '\\u003cimg src=x onerror=1> *{}**{{1}}** [[[a](#1)](#1)](#1) $\\href{javascript:1}{x}$',
  ])('makes no element, attribute or URL of %s', async (inline) => {
    const page = await open()
    await show(page)
    const made = await page.evaluate((hostile) => {
      const index = window.lesson.blocks.findIndex(({ block }) => block.text.startsWith('Paragraph 0'))
      window.clone.applyBlock(index, { status: 'rewritten', inline: hostile })
      window.clone.addAddition({ after: index, kind: 'check', inline: hostile, answer: hostile })
      const clone = document.querySelector('[data-lectern-clone]') as Element
      const elements = [...clone.querySelectorAll('#p0 *, [data-lectern-addition] *')]
      return elements.map((element) => `${element.localName} ${element.getAttributeNames().join(' ')}`.trim())
    }, inline)
    const allowed = /^(em|strong|code|p|details|summary lang|span data-lectern-label lang)$/
    expect(made.filter((element) => !allowed.test(element))).toEqual([])
    expect(await page.evaluate(() => window.runs)).toBe(1)
    await page.close()
  })
})
