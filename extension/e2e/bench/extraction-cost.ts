import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { bundle } from '../../rendering/testing/bundle.ts'

/**
 * Milliseconds of the main thread's processor time that recognizing and extracting a page's lesson take, the first
 * time that the code runs in that page. Processor time, since a shared machine's clock says what others did.
 */
export class ExtractionCost {
  readonly #browser: Browser
  readonly #script: string

  private constructor(browser: Browser, script: string) {
    this.#browser = browser
    this.#script = script
  }

  static async in(browser: Browser): Promise<ExtractionCost> {
    return new ExtractionCost(browser, await bundle(join(import.meta.dirname, 'extraction-entry.ts')))
  }

  async of(url: string): Promise<{ recognize: number; extract: number }> {
    const page = await this.#browser.newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url)
    await page.evaluate(this.#script)
    const taskTime = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
    }
    const start = await taskTime()
    const isLesson = await page.evaluate(() => lecternBench.recognize())
    if (!isLesson) throw new Error(`${url} was not recognized as a lesson.`)
    const recognized = await taskTime()
    await page.evaluate(() => lecternBench.extract())
    const extracted = await taskTime()
    await page.close()
    return { recognize: recognized - start, extract: extracted - recognized }
  }
}
