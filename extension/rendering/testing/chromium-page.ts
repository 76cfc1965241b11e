import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../e2e/browsers/find.ts'
import { messagesScript } from '../../locales/testing/messages-of.ts'
import { bundle } from './bundle.ts'

const lessonUrl = 'https://textbook.test/lesson'

export type PageOptions = {
  viewport?: { width: number; height: number }
  csp?: string
  dark?: boolean
  url?: string
  /** The file that another address is answered by. */
  fileOf?: (url: string) => string | undefined
}

/** A real Chromium with a script of ours bundled for its pages: for tests of what only a browser does. */
export class ChromiumPages {
  readonly #browser: Browser
  readonly #messages: string
  readonly #script: string

  private constructor(browser: Browser, messages: string, script: string) {
    this.#browser = browser
    this.#messages = messages
    this.#script = script
  }

  /** @param entry path from the extension's folder of a module that sets what tests call on `window` */
  static async launch(entry: string): Promise<ChromiumPages> {
    const executablePath = await findChromium()
    if (executablePath === undefined)
      throw new Error('No Chromium was found. Install Chromium or Google Chrome, or set CHROME_PATH.')
    const [browser, messages, script] = await Promise.all([
      chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }),
      messagesScript('en'),
      bundle(entry),
    ])
    return new ChromiumPages(browser, messages, script)
  }

  /** Opens a page of this HTML, with the script run in it. Nothing is fetched from any network. */
  async open(
    html: string,
    { viewport = { width: 800, height: 600 }, csp, dark, url = lessonUrl, fileOf }: PageOptions = {},
  ): Promise<Page> {
    const page = await this.#browser.newPage({
      viewport,
      bypassCSP: false,
      reducedMotion: 'reduce',
      colorScheme: dark === true ? 'dark' : 'light',
    })
    const headers = csp === undefined ? {} : { 'content-security-policy': csp }
    await page.route('**/*', (route) => {
      const address = route.request().url()
      if (address === url)
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html, headers })
      const path = fileOf?.(address)
      return path === undefined ? route.fulfill({ status: 404, body: '' }) : route.fulfill({ path })
    })
    await page.goto(url)
    await page.evaluate(this.#messages)
    await page.evaluate(this.#script)
    return page
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}
