import type { Page } from 'playwright-core'
import type { ExtendedChromium } from './chromium.ts'

/** The popup that the toolbar's button opens over a page. Playwright knows no such page; the extension's own do. */
export class ChromiumPopup {
  readonly #chromium: ExtendedChromium
  readonly #page: Page
  readonly #watcher: Page

  private constructor(chromium: ExtendedChromium, page: Page, watcher: Page) {
    this.#chromium = chromium
    this.#page = page
    this.#watcher = watcher
  }

  /** The popup over a page, seen from a page of the extension that this opens. */
  static async over(page: Page, chromium: ExtendedChromium): Promise<ChromiumPopup> {
    const watcher = await chromium.context.newPage()
    await watcher.goto(`${chromium.origin}/options.html`)
    return new ChromiumPopup(chromium, page, watcher)
  }

  async open(): Promise<void> {
    await this.#page.bringToFront()
    await this.#chromium.context.serviceWorkers()[0]?.evaluate('chrome.action.openPopup()')
  }

  /** What it says in an element. */
  textOf(selector: string): Promise<string> {
    return this.#ask(`querySelector(${JSON.stringify(selector)})?.innerText ?? ''`)
  }

  /** The labels of the buttons in an element. */
  buttonsOf(selector: string): Promise<string[]> {
    const buttons = JSON.stringify(`${selector} button`)
    return this.#ask(`querySelectorAll(${buttons}).values().map((button) => button.innerText).toArray()`)
  }

  async click(selector: string): Promise<void> {
    await this.#ask(`querySelector(${JSON.stringify(selector)}).click()`)
  }

  async close(): Promise<void> {
    await this.#ask('defaultView.close()')
  }

  /** What the extension keeps under a key of its storage. */
  kept(key: string): Promise<unknown> {
    return this.#watcher.evaluate(`chrome.storage.local.get().then((kept) => kept[${JSON.stringify(key)}])`)
  }

  #ask<T>(question: string): Promise<T> {
    return this.#watcher.evaluate(`chrome.extension.getViews({ type: 'popup' })[0].document.${question}`)
  }
}
