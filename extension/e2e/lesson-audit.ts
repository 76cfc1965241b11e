import type { Preferences } from '@lectern/shared'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { messagesOf } from '../locales/testing/messages-of.ts'
import { axeFindings, lessonFindings } from './axe-findings.ts'
import { findChromium } from './browsers/find.ts'
import { type ExtendedChromium, type LessonBar, launchChromium } from './chromium.ts'
import { answerAnew } from './chromium-questions.ts'
import { visitLessonStates } from './lesson-states.ts'
import { keepOnlyLocale } from './only-locale.ts'
import { type Stack, startStack } from './stack.ts'

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>
type Generator = Parameters<Stack['lesson']>[0]

/** Who looks at a lesson of which generator, and how. */
export type View = {
  generator: Generator
  /** A reader for whom the lesson was not yet seen: else nothing of it is left to be waited for. */
  answers: Partial<Preferences>
  width?: number
  media?: Media
}

/** Who reads the samples with questions and answers, and the one with folded paragraphs. */
export const beginner: Partial<Preferences> = { subject_background: 'none' }
export const expert: Partial<Preferences> = { subject_background: 'advanced' }

/** States in which the lesson itself stands as in the one before. */
const onlyInBar: ReadonlySet<string> = new Set(['failed', 'details', 'menu', 'mark', 'report'])

/** Looks at lessons in all of their states, and beside them at their pages as their authors made them. */
export class LessonAudit {
  readonly stack: Stack
  readonly #plain: Browser
  #chromium: ExtendedChromium
  #words: Record<string, string>

  private constructor(
    stack: Stack,
    plain: Browser,
    chromium: ExtendedChromium,
    words: Record<string, string>,
  ) {
    this.stack = stack
    this.#plain = plain
    this.#chromium = chromium
    this.#words = words
  }

  static async start(): Promise<LessonAudit> {
    const stack = await startStack('chrome', { samples: true })
    const plain = await playwright.launch({
      executablePath: (await findChromium()) ?? '',
      args: ['--headless=new', '--no-sandbox'],
    })
    return new LessonAudit(stack, plain, await launchChromium(stack.extension), await messagesOf('en'))
  }

  /** With the extension; of a fresh profile until a lesson was looked at. */
  get chromium(): ExtendedChromium {
    return this.#chromium
  }

  /** Goes on with a browser in whose extension one language is left. */
  async speak(locale: 'ur'): Promise<void> {
    await this.#chromium.close()
    await keepOnlyLocale(this.stack.extension, locale)
    this.#chromium = await launchChromium(this.stack.extension)
    this.#words = await messagesOf(locale)
  }

  /** Looks at a page as its author made it. */
  async lookAtOwn<T>({ generator, ...view }: View, look: (page: Page) => Promise<T>): Promise<T> {
    const page = await this.#plain.newPage()
    await prepare(page, view)
    await page.goto(this.stack.lesson(generator))
    const seen = await look(page)
    await page.close()
    return seen
  }

  /** Looks at a lesson in all of its states; gives what was seen, by state. */
  async visitAll<T>(
    { generator, answers, ...view }: View,
    look: (page: Page, bar: LessonBar, state: string) => Promise<T>,
  ): Promise<Record<string, T>> {
    await answerAnew(this.#chromium, answers)
    const seen: Record<string, T> = {}
    const options = {
      url: this.stack.lesson(generator),
      model: this.stack.model,
      words: this.#words,
      prepare: (page: Page) => prepare(page, view),
    }
    await visitLessonStates(this.#chromium, options, async (name, page, bar) => {
      seen[name] = await look(page, bar, name)
    })
    return seen
  }

  /** What axe-core finds in each state that it does not find in the page of the author. */
  async findings(view: View): Promise<Record<string, string[]>> {
    const authors = (await this.lookAtOwn(view, (page) => axeFindings(page))).map(withoutMarks)
    return this.visitAll(view, async (page, bar, state) => {
      const left = [...authors]
      const part = onlyInBar.has(state) ? '[data-lectern-tabs]' : undefined
      return (await lessonFindings(page, bar, part)).map(withoutMarks).filter((finding) => {
        // A term that is set apart has the colours of the words around it.
        if (finding === 'color-contrast: <bdi') return false
        const at = left.indexOf(finding)
        if (at === -1) return true
        left.splice(at, 1)
        return false
      })
    })
  }

  async close(): Promise<void> {
    await this.#plain.close()
    await this.#chromium.close()
    await this.stack.close()
  }
}

async function prepare(
  page: Page,
  { width = 1280, media = {} }: Omit<View, 'generator' | 'answers'>,
): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ reducedMotion: 'reduce', ...media })
}

/** The rule and the element as the author wrote it: without its words, their language, and what the extension notes. */
function withoutMarks(finding: string): string {
  const [element = ''] = finding.split('>')
  return element.replace(/ (lang|dir|data-lectern-(pending|arrived|flipped))(="[^"]*")?/g, '')
}

export function pageWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth)
}

/** What of the tabs, the menu and the dialog stands outside of the window, or hides some of its words. */
export function cutOff(root: ShadowRoot): string[] {
  const seen = [...root.querySelectorAll<HTMLElement>('*')].filter(
    (element) => element.checkVisibility() && element.closest('.unseen') === null,
  )
  return seen
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      const hidesWords =
        getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
      return left < -1 || right > document.documentElement.clientWidth + 1 || hidesWords
    })
    .map((element) => element.outerHTML.slice(0, 200))
}
