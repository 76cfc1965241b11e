import { vi } from 'vitest'
import { type ElementReference, ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { answerQuestions } from './firefox-questions.ts'
import { type Reader, testMovingPages } from './moving-pages.ts'
import { startStack } from './stack.ts'

testMovingPages(async (): Promise<Reader> => {
  const stack = await startStack('firefox')
  const firefox = await ExtendedFirefox.launch(stack.extension)
  await answerQuestions(firefox)
  const bar = new FirefoxLessonBar(firefox)
  const clickVisible = async (selector: string) => {
    const found = await firefox.evaluate(firstVisible, selector)
    if (found === null) throw new Error(`Nothing visible is "${selector}".`)
    await firefox.click(found)
  }
  return {
    stack,
    open: (url) => firefox.open(url),
    // Again where something still stands above it, as Astro's picture of the page that was left.
    click: (selector) => vi.waitFor(() => clickVisible(selector), { timeout: 20_000 }),
    evaluate: (work, ...args) => firefox.evaluate(work, ...args),
    select: (label) => bar.select(label === 'Original' ? 'original' : 'personalized'),
    selected: () => bar.selected(),
    status: () => bar.status(),
    problems: async () => [...(await firefox.evaluate(() => window.problems)), ...(await firefox.errors())],
    async close() {
      await firefox.close()
      await stack.close()
    },
  }
})

/** What runs in the page gives an element, what asked gets a reference to it. */
function firstVisible(selector: string): ElementReference | null {
  const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility())
  return (found ?? null) as ElementReference | null
}
