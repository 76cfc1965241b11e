import { emptyReceipt } from '@lectern/shared'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { LessonEvent } from '../../messaging/lesson-protocol.ts'
import { ChromiumPages, type PageOptions } from '../../rendering/testing/chromium-page.ts'
import { markedLesson } from '../../rendering/testing/marked-lesson.ts'
import type {} from './lesson-page.ts'

const styles = `body { margin: 0; font: 17px/1.5 Georgia, serif; color: #222; background: #fafafa }
  main { max-width: 700px; margin: 0 auto; padding: 20px } .columns { display: flex } aside { width: 150px }
  div { border: 3px solid red } button { background: red !important; padding: 30px !important }`

/** A page whose style sheet would spoil a bar that it could reach. */
export const lessonPage = `<!doctype html><html lang="en"><style>${styles}</style><body><main>${markedLesson}</main></body></html>`

export const plan: LessonEvent = { type: 'plan', prose_blocks: 4, language: 'en', direction: 'ltr' }

export const block = (index: number): LessonEvent => ({
  type: 'block',
  index,
  status: 'rewritten',
  inline: `New ${index}.`,
})

export const done: LessonEvent = {
  type: 'done',
  receipt: { ...emptyReceipt, rewritten: 4, links: 2 },
  model: 'M',
  cached: true,
  generated_at: new Date().toISOString(),
  notice: 'study_aids',
}

/** Pages with the lesson view in a real Chromium, for the tests of one file; its background is scripted. */
export function openLessonPages() {
  let pages: ChromiumPages
  beforeAll(async () => {
    pages = await ChromiumPages.launch('lesson/testing/lesson-page.ts')
  }, 60_000)
  afterAll(() => pages?.close())

  return {
    async open(html = lessonPage, options?: PageOptions): Promise<Page> {
      const page = await pages.open(html, options)
      await page.evaluate(() => {
        window.view = window.lessonPage.mount()
        return new Promise((resolve) => setTimeout(resolve, 50))
      })
      return page
    },

    /** What the bar shows; its root is closed to Playwright's selectors. */
    bar(page: Page) {
      return page.evaluate(() => {
        const { shadow } = window.lessonPage
        const tabs = [...shadow.querySelectorAll('[role=tab]')]
        const labelOf = (element: Element | null) =>
          element?.getAttribute('aria-label') ?? element?.textContent
        const mark = shadow.querySelector('.mark')
        return {
          selected: tabs.find((tab) => tab.getAttribute('aria-selected') === 'true')?.textContent,
          focused: labelOf(shadow.activeElement),
          reachable: tabs.map((tab) => (tab as HTMLElement).tabIndex),
          status: shadow.querySelector('[role=status]')?.textContent,
          said: [...shadow.querySelectorAll('[role=status]')].at(-1)?.textContent,
          actions: [...shadow.querySelectorAll('.status .action')].map(({ textContent }) => textContent),
          mark: mark?.classList.contains('unseen') === false ? labelOf(mark) : undefined,
          checked: [...shadow.querySelectorAll('.menu [aria-checked=true]')].map(
            ({ textContent }) => textContent,
          ),
          open: [...shadow.querySelectorAll(':popover-open')].map((popover) => popover.role),
        }
      })
    },

    async send(page: Page, ...events: (LessonEvent | 'end')[]): Promise<void> {
      await page.evaluate((sent) => {
        window.lessonPage.services.streams.at(-1)?.send(...sent)
        return new Promise((resolve) => setTimeout(resolve, 50))
      }, events)
    },

    /** Clicks a button or field of the bar by its label, with the pointer, also where its menu is closed. */
    async click(page: Page, label: string): Promise<void> {
      const [x, y] = await page.evaluate((text) => {
        const buttons = [...window.lessonPage.shadow.querySelectorAll<HTMLElement>('button, label')]
        const found = buttons.find((one) => [one.ariaLabel, one.textContent].includes(text))
        found?.closest<HTMLElement>('[popover]:not(:popover-open)')?.showPopover()
        found?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
        const box = found?.getBoundingClientRect() ?? new DOMRect()
        return [box.x + box.width / 2, box.y + box.height / 2] as const
      }, label)
      await page.mouse.click(x, y)
      await page.waitForTimeout(50)
    },

    streams: (page: Page) => page.evaluate(() => window.lessonPage.services.streams.length),
  }
}
