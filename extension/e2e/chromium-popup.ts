import type { BrowserContext, Page } from 'playwright-core'
import type { ExtendedChromium } from './chromium.ts'
import type { Popup } from './learner.ts'

/** The popup that the toolbar's button opens over a page. Playwright knows no such page; the extension's own do. */
export class ChromiumPopup implements Popup {
  readonly #context: BrowserContext
  readonly #page: () => Page
  readonly #watcher: () => Promise<Page>

  /**
   * @param page over which it opens
   * @param watcher a page of the extension, which sees it
   */
  constructor(context: BrowserContext, page: () => Page, watcher: () => Promise<Page>) {
    this.#context = context
    this.#page = page
    this.#watcher = watcher
  }

  /** The popup over a page, seen from a page of the extension that this opens. */
  static async over(page: Page, { context, origin }: ExtendedChromium): Promise<ChromiumPopup> {
    const watcher = await context.newPage()
    await watcher.goto(`${origin}/options.html`)
    return new ChromiumPopup(
      context,
      () => page,
      async () => watcher,
    )
  }

  async open(): Promise<void> {
    const watcher = await this.#watcher()
    await this.#page().bringToFront()
    // Wakes the background, where it was ended.
    await watcher.evaluate('chrome.runtime.sendMessage({ type: "sync-progress", body: null })')
    await this.#context.serviceWorkers()[0]?.evaluate('chrome.action.openPopup()')
  }

  text(selector = 'body'): Promise<string> {
    return this.#ask(`querySelector(${JSON.stringify(selector)})?.innerText ?? ''`)
  }

  /** The labels of the buttons in an element. */
  buttonsOf(selector: string): Promise<string[]> {
    const buttons = JSON.stringify(`${selector} button`)
    return this.#ask(`querySelectorAll(${buttons}).values().map((button) => button.innerText).toArray()`)
  }

  async click(label: string): Promise<void> {
    const wanted = JSON.stringify(label)
    await this.#ask(
      `querySelectorAll('button, a, summary').values().find(({ innerText }) => innerText.trim().startsWith(${wanted})).click()`,
    )
  }

  async close(): Promise<void> {
    await this.#ask('defaultView.close()')
  }

  async #ask<T>(question: string): Promise<T> {
    const watcher = await this.#watcher()
    return watcher.evaluate(`chrome.extension.getViews({ type: 'popup' })[0].document.${question}`)
  }
}
