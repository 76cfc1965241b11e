import type { Preferences } from '@lectern/shared'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messagesOf } from '../locales/testing/messages-of.ts'
import { axeFindings, lessonFindings } from './axe-findings.ts'
import { pageOfDepth } from './bench/bench-pages.ts'
import { findChromium } from './browsers/find.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { answerAnew, answerQuestions } from './chromium-questions.ts'
import { visitLessonStates } from './lesson-states.ts'
import { type Stack, startStack } from './stack.ts'

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>
type Generator = Parameters<Stack['lesson']>[0]
type View = {
  generator: Generator
  /** A reader for whom the lesson was not yet seen: else nothing of it is left to be waited for. */
  answers: Partial<Preferences>
  width?: number
  media?: Media
}

const patient = { timeout: 20_000 }
const generators = ['Docusaurus', 'Sphinx', 'MkDocs', 'VitePress'] as const
/** Who reads the samples with questions and answers, and the one with folded paragraphs. */
const beginner: Partial<Preferences> = { subject_background: 'none' }
const expert: Partial<Preferences> = { subject_background: 'advanced' }

const english = await messagesOf('en')
let stack: Stack
let chromium: ExtendedChromium
/** Without the extension. */
let plain: Browser

beforeAll(async () => {
  stack = await startStack('chrome', { samples: true })
  chromium = await launchChromium(stack.extension)
  plain = await playwright.launch({
    executablePath: (await findChromium()) ?? '',
    args: ['--headless=new', '--no-sandbox'],
  })
})
afterAll(async () => {
  await plain?.close()
  await chromium?.close()
  await stack?.close()
})

/** Looks at a page as its author made it. */
async function lookAtOwn<T>({ generator, ...view }: View, look: (page: Page) => Promise<T>): Promise<T> {
  const page = await plain.newPage()
  await prepare(page, view)
  await page.goto(stack.lesson(generator))
  const seen = await look(page)
  await page.close()
  return seen
}

async function prepare(
  page: Page,
  { width = 1280, media = {} }: Omit<View, 'generator' | 'answers'>,
): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ reducedMotion: 'reduce', ...media })
}

/** Looks at a lesson in all of its states. */
async function visitAll<T>(
  { generator, answers, ...view }: View,
  look: (page: Page, bar: LessonBar, state: string) => Promise<T>,
): Promise<Record<string, T>> {
  await answerAnew(chromium, answers)
  const seen: Record<string, T> = {}
  const options = {
    url: stack.lesson(generator),
    model: stack.model,
    words: english,
    prepare: (page: Page) => prepare(page, view),
  }
  await visitLessonStates(chromium, options, async (name, page, bar) => {
    seen[name] = await look(page, bar, name)
  })
  return seen
}

/** States in which the lesson itself stands as in the one before. */
const onlyInBar: ReadonlySet<string> = new Set(['failed', 'details', 'menu', 'mark', 'report'])

/** What axe-core finds in each state that it does not find in the page of the author. */
async function ownFindings(view: View): Promise<Record<string, string[]>> {
  const authors = (await lookAtOwn(view, (page) => axeFindings(page))).map(withoutMarks)
  return visitAll(view, async (page, bar, state) => {
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

/** The rule and the element as the author wrote it: without its words, their language, and what the extension notes. */
function withoutMarks(finding: string): string {
  const [element = ''] = finding.split('>')
  return element.replace(/ (lang|dir|data-lectern-(pending|arrived|flipped))(="[^"]*")?/g, '')
}

function expectEach(seen: Record<string, unknown>, value: unknown): void {
  expect(Object.keys(seen)).toHaveLength(10)
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, value])))
}

describe('before there is anything to read', () => {
  it('the way to the questions gives axe-core nothing to find', async () => {
    const page = await chromium.context.newPage()
    await page.goto(stack.lesson('MkDocs'))
    const bar = new LessonBar(page)
    await expect.poll(() => bar.selected(), patient).toBe('Original')
    await bar.click('Personalized')
    await expect.poll(() => bar.status(), patient).toContain('Answer six questions')
    expect(await lessonFindings(page, bar, '[data-lectern-tabs]')).toEqual([])
    await page.close()
    await answerQuestions(chromium)
  })

  it('nor does a page that is too large', async () => {
    const page = await chromium.context.newPage()
    await page.route('http://localhost:8790/**', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageOfDepth(1_100) }),
    )
    await page.goto('http://localhost:8790/deep')
    const bar = new LessonBar(page)
    await expect.poll(() => bar.selected(), patient).toBe('Original')
    await bar.click('Personalized')
    await expect.poll(() => bar.status(), patient).toContain('too large')
    expect(await lessonFindings(page, bar, '[data-lectern-tabs]')).toEqual([])
    await page.close()
  })
})

describe.each([
  ['a beginner, in light colours', beginner, { colorScheme: 'light' }, generators],
  ['an expert, in dark colours', expert, { colorScheme: 'dark' }, ['Docusaurus', 'MkDocs', 'VitePress']],
] as const)('for %s', (_, answers, media, lessons) => {
  it.each(lessons)('axe-core finds in a lesson of %s only what its author left', async (generator) => {
    expectEach(await ownFindings({ generator, answers, media }), [])
  })
})

describe('where a learner has set the browser otherwise', () => {
  it('nothing is cut off, nor wider than the page itself, at 200 % of 1280 pixels', async () => {
    const answers = { ...beginner, education_level: 'high_school' } as const
    const view: View = { generator: 'MkDocs', width: 640, answers }
    const own = await lookAtOwn(view, pageWidth)
    const seen = await visitAll(view, async (page, bar) => [
      (await pageWidth(page)) - own,
      await bar.evaluate(cutOff),
    ])
    expectEach(seen, [0, []])
  })

  it('nothing moves for who wants no motion', async () => {
    const moving = (page: Page) => page.evaluate(() => document.getAnimations().length)
    expectEach(
      await visitAll({ generator: 'VitePress', answers: { education_level: 'graduate' } }, moving),
      0,
    )
  })
})

function pageWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth)
}

/** What of the tabs, the menu and the dialog stands outside of the window, or hides some of its words. */
function cutOff(root: ShadowRoot): string[] {
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
