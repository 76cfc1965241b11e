import type { Page } from 'playwright-core'
import { LessonBar, launchChromium } from './chromium.ts'
import { ChromiumPopup } from './chromium-popup.ts'
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
  let ownPage: Page | undefined
  const extensionPage = async () => {
    if (ownPage !== undefined) return ownPage
    ownPage = await context.newPage()
    await ownPage.goto(`${chromium.origin}/options.html`)
    await page.bringToFront()
    return ownPage
  }

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
    evaluate: (work, ...args) => run(page, work, args),
    click: (selector) => page.locator(`${selector}:visible`).first().click(),
    press: (keys) => page.keyboard.press(keys),
    async focus() {
      const isInBar = await page.evaluate(() => document.activeElement?.hasAttribute('data-lectern-tabs'))
      return isInBar ? bar().evaluate(focusOf) : page.evaluate(`(${String(focusOf)})()`)
    },
    clickInBar: (label) => bar().click(label),
    selected: () => bar().selected(),
    status: () => bar().status(),
    bars: () => bar().count(),
    popup: new ChromiumPopup(context, () => page, extensionPage),
    inExtension: (work, ...args) => extensionPage().then((own) => run(own, work, args)),
    async inContentScript(expression) {
      const session = await context.newCDPSession(page)
      const contexts: { id: number; origin: string }[] = []
      session.on('Runtime.executionContextCreated', ({ context: one }) => contexts.push(one))
      await session.send('Runtime.enable')
      const own = contexts.find(({ origin }) => origin.startsWith('chrome-extension:'))
      if (own === undefined) throw new Error(`Nothing of the extension runs in ${page.url()}.`)
      const asked = { expression, awaitPromise: true, contextId: own.id }
      const { exceptionDetails } = await session.send('Runtime.evaluate', asked)
      await session.detach()
      return exceptionDetails?.exception?.description
    },
    async endBackground() {
      const session = await context.newCDPSession(await extensionPage())
      await session.send('ServiceWorker.enable')
      await session.send('ServiceWorker.stopAllWorkers')
      await session.detach()
    },
    async reloadExtension() {
      // It closes the page that asks for it.
      await (await extensionPage()).evaluate(() => chrome.runtime.reload()).catch(() => undefined)
    },
    problems: async () => problems,
    async close() {
      await chromium.close()
      await stack.close()
    },
  }
}

function run<A extends unknown[], R>(page: Page, work: (...args: A) => R, args: A): Promise<Awaited<R>> {
  return page.evaluate(`(${String(work)}).apply(null, ${JSON.stringify(args)})`)
}
