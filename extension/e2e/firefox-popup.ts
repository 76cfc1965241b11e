import type { ExtendedFirefox } from './firefox.ts'
import type { Popup } from './learner.ts'

/** Firefox's side of a page: what Marionette itself calls (MarionetteCommandsParent.sys.mjs of Firefox 153). */
type PageActor = {
  executeScript(script: string, args: unknown[], options: object): Promise<unknown>
  findElement(strategy: 'xpath', selector: string, options: { timeout: number }): Promise<unknown>
  clickElement(element: unknown, capabilities: { toJSON(): object }): Promise<void>
}
type PopupBrowser = Element & {
  browsingContext: { currentWindowGlobal: { getActor(name: 'MarionetteCommands'): PageActor } }
}

const toolbarButton = '#unified-extensions-button'
const extensionButton = '#unified-extensions-panel[panelopen] .unified-extensions-item-action-button'
const popup = '.webextension-popup-browser'
const prompt = '#notification-popup[panelopen] #addon-webext-permissions-notification'

/**
 * The extension's popup, opened from the toolbar over the page that Firefox is on. It is no tab, so no command of
 * WebDriver reaches it; the browser's own window does.
 */
export class FirefoxPopup implements Popup {
  readonly #firefox: ExtendedFirefox

  constructor(firefox: ExtendedFirefox) {
    this.#firefox = firefox
  }

  /** Opens the popup as a learner does: the toolbar's puzzle piece, then Lectern. */
  open(): Promise<void> {
    return this.#firefox.inBrowser(async () => {
      await this.#firefox.click(await this.#firefox.find(toolbarButton))
      await this.#firefox.click(await this.#firefox.find(extensionButton))
      await this.#firefox.find(popup)
    })
  }

  text(selector = 'body'): Promise<string> {
    return this.#firefox.inBrowser(async () =>
      this.#firefox.evaluateOn(
        await this.#firefox.find(popup),
        (browser: PopupBrowser, wanted: string) => {
          const page = browser.browsingContext.currentWindowGlobal.getActor('MarionetteCommands')
          const script = 'return document.querySelector(arguments[0])?.innerText ?? ""'
          return page.executeScript(script, [wanted], {}) as Promise<string>
        },
        selector,
      ),
    )
  }

  click(label: string): Promise<void> {
    return this.#firefox.inBrowser(async () =>
      this.#firefox.evaluateOn(
        await this.#firefox.find(popup),
        async (browser: PopupBrowser, wanted: string) => {
          const page = browser.browsingContext.currentWindowGlobal.getActor('MarionetteCommands')
          const isCalled = `[starts-with(normalize-space(.), '${wanted}')]`
          const path = `//*[self::button or self::a or self::summary]${isCalled}`
          const found = await page.findElement('xpath', path, { timeout: 20_000 })
          await page.clickElement(found, { toJSON: () => ({ 'moz:webdriverClick': true }) })
        },
        label,
      ),
    )
  }

  /** Accepts the permission prompt that Firefox shows; gives what it asked. */
  allow(): Promise<string> {
    return this.#firefox.inBrowser(async () =>
      this.#firefox.evaluateOn(await this.#firefox.find(prompt), (asking: HTMLElement) => {
        const question = asking.textContent
        // A panel is a window of its own, where no pointer of Marionette's goes.
        asking.querySelector<HTMLElement>('.popup-notification-primary-button')?.click()
        // Where it goes from a panel that was closed by its own button.
        asking.ownerDocument.querySelector<HTMLElement>('browser[primary]')?.focus()
        return question
      }),
    )
  }
}
