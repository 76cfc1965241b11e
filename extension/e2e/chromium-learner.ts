import type { Page } from 'playwright-core'
import { LessonBar, launchChromium } from './chromium.ts'
import { answerQuestions } from './chromium-questions.ts'
import { focusOf } from './focus-of.ts'
import type { Learner, LearnerOptions } from './learner.ts'
import type { Stack } from './stack.ts'

/** A learner with Chromium; closing it closes the stack, too. */
export async function startChromiumLearner(stack: Stack, { before }: LearnerOptions = {}): Promise<Learner> {
  const chromium = await launchChromium(stack.extension, before)
  const { context } = chromium
  const problems: string[] = []
  const note = (page: Page) => {
    page.on('pageerror', ({ message }) => problems.push(message))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
    })
  }
  context.pages().forEach(note)
  context.on('page', note)
  let [page = await context.newPage()] = context.pages()
  const bar = () => new LessonBar(page)

  return {
    stack,
    answer: (answers) => answerQuestions(chromium, answers),
    async open(url) {
      page = await context.newPage()
      await page.goto(url)
    },
    ownPage: async (path) => `${chromium.origin}/${path}`,
    async goTo(address) {
      const found = context.pages().find((one) => address.test(one.url()))
      if (found === undefined) return false
      page = found
      await page.bringToFront()
      return true
    },
    evaluate: (work, ...args) =>
      page.evaluate(`(${String(work)}).apply(null, ${JSON.stringify(args)})`) as Promise<
        Awaited<ReturnType<typeof work>>
      >,
    click: (selector) => page.locator(`${selector}:visible`).first().click(),
    press: (keys) => page.keyboard.press(keys),
    async focus() {
      const isInBar = await page.evaluate(() => document.activeElement?.hasAttribute('data-lectern-tabs'))
      return isInBar ? bar().evaluate(focusOf) : page.evaluate(`(${String(focusOf)})()`)
    },
    select: (label) => bar().click(label),
    selected: () => bar().selected(),
    status: () => bar().status(),
    bars: () => bar().count(),
    problems: async () => problems,
    async close() {
      await chromium.close()
      await stack.close()
    },
  }
}
