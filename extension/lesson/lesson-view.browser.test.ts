import { describe, expect, it } from 'vitest'
import type {} from './testing/lesson-page.ts'
import { block, done, lessonPage, openLessonPages, plan } from './testing/lesson-pages.ts'

const lessonPages = openLessonPages()
const { open, bar, send, click, streams } = lessonPages

declare global {
  interface Window {
    /** What listens to the page or observes it, except within the bar and the clone. */
    listening: Iterable<string>
  }
}

/** Runs before the view's script: notes who listens, and who has stopped. */
function noteListeners(): void {
  const listening = new Map<object, string>()
  window.listening = { [Symbol.iterator]: () => listening.values() }
  const isOfThePage = (target: EventTarget) =>
    !(target instanceof Node) || (target.isConnected && target.getRootNode() === document)
  const { addEventListener } = EventTarget.prototype
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    addEventListener.call(this, type, listener, options)
    const target = this ?? window
    if (listener === null || target instanceof AbortSignal || !isOfThePage(target)) return
    listening.set(listener, `${type} ${target.constructor.name}`)
    const { signal } = typeof options === 'object' ? options : {}
    if (signal) addEventListener.call(signal, 'abort', () => listening.delete(listener))
  }
  const { removeEventListener } = EventTarget.prototype
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    removeEventListener.call(this, type, listener, options)
    if (listener !== null) listening.delete(listener)
  }
  for (const { prototype } of [MutationObserver, ResizeObserver, IntersectionObserver]) {
    const { observe, disconnect } = prototype as MutationObserver
    Object.assign(prototype, {
      observe(this: MutationObserver, ...watched: Parameters<typeof observe>) {
        observe.apply(this, watched)
        listening.set(this, this.constructor.name)
      },
      disconnect(this: MutationObserver) {
        disconnect.call(this)
        listening.delete(this)
      },
    })
  }
}

describe('the tab bar', () => {
  it('goes by keyboard: arrows move, Enter selects, and nothing is asked before', async () => {
    const page = await open()
    await page.keyboard.press('Tab')
    expect(await bar(page)).toMatchObject({ selected: 'Original', focused: 'Original', reachable: [0, -1] })
    const keys = ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']
    const focused: unknown[] = []
    for (const key of keys) {
      await page.keyboard.press(key)
      focused.push((await bar(page)).focused)
    }
    expect(focused).toEqual(['Personalized', 'Original', 'Personalized', 'Original', 'Personalized'])
    expect(await streams(page)).toBe(0)
    await page.keyboard.press('Enter')
    expect(await bar(page)).toMatchObject({ selected: 'Personalized', reachable: [-1, 0] })
    expect(await streams(page)).toBe(1)
    await page.close()
  })

  it('shows progress, then the receipt with its label', async () => {
    const page = await open()
    await click(page, 'Personalized')
    expect((await bar(page)).status).toBe('Personalizing this lesson …')
    await send(page, plan, block(0), block(1), block(4))
    expect((await bar(page)).status).toBe('3 of 4 blocks3 of 4 blocks')
    await send(page, block(5), done)
    expect((await bar(page)).status).toBe(
      'No language model is connected: these are study aids made from the lesson’s own sentences. All 2 links are the author’s; 4 of 4 paragraphs rewritten; made just now, from cache',
    )
    expect(await page.locator('[data-lectern-clone] h1').textContent()).toContain('New 0.')
    await click(page, 'Original')
    expect((await bar(page)).status).toBe('')
    expect(await page.locator('[data-lectern-clone]').count()).toBe(0)
    await click(page, 'Personalized')
    expect(await streams(page)).toBe(1)
    await page.close()
  })

  it('offers Retry after a failure and the questions to a new learner', async () => {
    const page = await open()
    await click(page, 'Personalized')
    const failure = {
      error: 'api_unreachable' as const,
      message: 'Lectern’s API at api.example does not answer. Try again.',
    }
    await send(page, { type: 'failed', failure }, 'end')
    // In its own words: the API's address is no business of the page.
    expect(await bar(page)).toMatchObject({
      status: expect.stringMatching(/^The API does not answer\./),
      actions: ['Retry'],
    })
    await click(page, 'Retry')
    expect(await streams(page)).toBe(2)
    await send(page, { type: 'onboarding_needed' }, 'end')
    expect((await bar(page)).actions).toEqual(['Answer six questions'])
    await click(page, 'Answer six questions')
    expect(await page.evaluate(() => window.lessonPage.services.opened)).toEqual(['onboarding'])
    await page.close()
  })

  it('offers no Retry where the page itself is what fails', async () => {
    const page = await open()
    await click(page, 'Personalized')
    const failure = { error: 'lesson_empty' as const, message: 'This page has no text to rewrite.' }
    await send(page, { type: 'failed', failure }, 'end')
    expect(await bar(page)).toMatchObject({ status: failure.message, actions: [] })
    await page.close()
  })

  it('leaves the page as it was, byte by byte', async () => {
    const page = await open()
    const before = await page.evaluate(() => {
      window.view.destroy()
      return document.documentElement.outerHTML
    })
    await page.evaluate(() => (window.view = window.lessonPage.mount()))
    await click(page, 'Personalized')
    await send(page, plan, block(0), { type: 'addition', after: 0, kind: 'summary', inline: 'x' }, block(1))
    const stream = await page.evaluate(() => {
      window.view.destroy()
      return window.lessonPage.services.streams.at(-1)?.closed
    })
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before)
    expect(before).not.toContain('lectern')
    expect(stream).toBe(true)
    await page.close()
  })

  it('leaves no listener and no observer', async () => {
    const page = await open(
      lessonPage.replace('<body>', `<body><script>(${String(noteListeners)})()</script>`),
    )
    await click(page, 'Personalized')
    await send(page, plan, block(0), block(1))
    await page.locator('[data-lectern-clone] pre').click()
    const during = await page.evaluate(() => [...window.listening])
    expect(during).toContain('MutationObserver')
    expect(during).toContain('change MediaQueryList')
    await page.evaluate(() => window.view.destroy())
    // React listens once for each document, whatever it renders there.
    expect(await page.evaluate(() => [...window.listening])).toEqual(['selectionchange HTMLDocument'])
    await page.close()
  })

  it.each([
    ['in its page', lessonPage],
    [
      'beside a column',
      lessonPage
        .replace('<main>', '<main><div class="columns"><aside>Contents</aside>')
        .replace('</main>', '</div></main>'),
    ],
  ])('has the place, width, font and colour of the lesson %s', async (_, html) => {
    const page = await open(html)
    const [box, lesson] = await Promise.all([
      page.locator('[data-lectern-tabs]').boundingBox(),
      page.locator('article').boundingBox(),
    ])
    expect([box?.x, box?.width]).toEqual([lesson?.x, lesson?.width])
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(lesson?.y ?? 0)
    const look = await page.evaluate(() => {
      const tab = getComputedStyle(window.lessonPage.shadow.querySelector('[aria-selected=true]') as Element)
      return [tab.fontFamily, tab.fontSize, tab.color, tab.backgroundColor]
    })
    expect(look).toEqual(['Georgia, serif', '17px', 'rgb(34, 34, 34)', 'rgba(0, 0, 0, 0)'])
    await page.evaluate(() => document.body.style.setProperty('color', 'rgb(9, 9, 9)'))
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(window.lessonPage.shadow.host).color))
      .toBe('rgb(9, 9, 9)')
    await page.close()
  })

  it('moves what is below it by its own height alone, and covers nothing, its open menu neither', async () => {
    const page = await open()
    const measure = () =>
      page.evaluate(() => {
        const elements = [...document.querySelectorAll('body *:not([data-lectern-tabs])')]
        const bar = document.querySelector('[data-lectern-tabs]')
        const { top = 0, bottom = 0 } = bar?.getBoundingClientRect() ?? {}
        const margin = bar === null ? 0 : Number.parseFloat(getComputedStyle(bar).marginBlockEnd)
        const tops = elements.map((element) => element.getBoundingClientRect().top)
        return { top, bottom, margin, tops }
      })
    const shown = await measure()
    await click(page, 'Lesson menu')
    expect((await measure()).tops).toEqual(shown.tops)
    await page.evaluate(() => window.view.destroy())
    const own = await measure()
    const moved = shown.tops.map((top, i) => Math.round(top - (own.tops[i] ?? 0)))
    const [by = 0, ...others] = new Set(moved.filter((pixels) => pixels !== 0))
    expect([by > 0, others]).toEqual([true, []])
    // Margins fold into one another.
    expect(by).toBeLessThanOrEqual(Math.ceil(shown.bottom - shown.top + shown.margin))
    expect(shown.tops.filter((top, i) => moved[i] === by && top < shown.bottom)).toEqual([])
    expect(own.tops.filter((top, i) => moved[i] === 0 && top > shown.top)).toEqual([])
    await page.close()
  })

  it('is written in Urdu by a font that has its letters, and else by the page’s', async () => {
    const page = await open()
    const font = await page.evaluate(() => {
      const inner = window.lessonPage.shadow.querySelector('.bar') as HTMLElement
      inner.lang = 'ur'
      return getComputedStyle(inner).fontFamily
    })
    expect(font).toMatch(/^"Noto Sans Arabic".*, Georgia, serif$/)
    await page.close()
  })

  it('underlines the chosen tab alone in forced colours, where no border is transparent', async () => {
    const page = await open()
    await page.emulateMedia({ forcedColors: 'active' })
    const tabs = await page.evaluate(() =>
      [...window.lessonPage.shadow.querySelectorAll('[role=tab]')].map((tab) => ({
        line: getComputedStyle(tab).borderBlockEndWidth,
        height: tab.getBoundingClientRect().height,
      })),
    )
    expect(tabs.map(({ line }) => line)).toEqual(['2px', '0px'])
    expect(new Set(tabs.map(({ height }) => height)).size).toBe(1)
    await page.close()
  })

  it('does not widen a narrow page', async () => {
    const page = await open(lessonPage, { viewport: { width: 380, height: 700 } })
    await click(page, 'Personalized')
    await send(page, plan, block(0), done)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(380)
    await page.close()
  })
})
