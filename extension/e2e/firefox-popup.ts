import type { ExtendedFirefox } from './firefox.ts'

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
export class FirefoxPopup {
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

  /** What the popup says. */
  text(): Promise<string> {
    return this.#firefox.inBrowser(async () =>
      this.#firefox.evaluateOn(await this.#firefox.find(popup), (browser: PopupBrowser) => {
        const page = browser.browsingContext.currentWindowGlobal.getActor('MarionetteCommands')
        return page.executeScript('return document.body.innerText', [], {}) as Promise<string>
      }),
    )
  }

  /** Clicks a button of the popup by its label, with the pointer. */
  click(label: string): Promise<void> {
    return this.#firefox.inBrowser(async () =>
      this.#firefox.evaluateOn(
        await this.#firefox.find(popup),
        async (browser: PopupBrowser, wanted: string) => {
          const page = browser.browsingContext.currentWindowGlobal.getActor('MarionetteCommands')
          const button = await page.findElement('xpath', `//button[.='${wanted}']`, { timeout: 20_000 })
          await page.clickElement(button, { toJSON: () => ({ 'moz:webdriverClick': true }) })
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
