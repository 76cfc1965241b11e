import { LessonBar, launchChromium } from './chromium.ts'
import { answerQuestions } from './chromium-questions.ts'
import { type Reader, testMovingPages } from './moving-pages.ts'
import { startStack } from './stack.ts'

testMovingPages(async (): Promise<Reader> => {
  const stack = await startStack('chrome')
  const chromium = await launchChromium(stack.extension)
  await answerQuestions(chromium)
  const page = await chromium.context.newPage()
  const bar = new LessonBar(page)
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  return {
    stack,
    async open(url) {
      await page.goto(url)
    },
    click: (selector) => page.locator(`${selector}:visible`).first().click(),
    evaluate: (work, ...args) =>
      page.evaluate(`(${String(work)}).apply(null, ${JSON.stringify(args)})`) as Promise<
        Awaited<ReturnType<typeof work>>
      >,
    select: (label) => bar.click(label),
    status: () => bar.status(),
    selected: () => bar.selected(),
    problems: async () => problems,
    async close() {
      await chromium.close()
      await stack.close()
    },
  }
})
