import { startFirefox } from './firefox-process.ts'
import type { Marionette } from './marionette.ts'

/** The keys under which WebDriver names an element and a shadow root. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const SHADOW = 'shadow-6066-11e4-a52e-4f735466cecf'

/** How WebDriver writes the keys that write nothing themselves. */
const keyValues: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
}

/** An element of a page, as commands name it. */
export type ElementReference = { [ELEMENT]: string }
type ShadowReference = { [SHADOW]: string }

/** A Firefox with a fresh profile and the extension in it. What is asked of a page is asked of the tab it is on. */
export class ExtendedFirefox {
  readonly close: () => Promise<void>
  readonly #marionette: Marionette

  private constructor(marionette: Marionette, close: () => Promise<void>) {
    this.#marionette = marionette
    this.close = close
  }

  /**
   * @param extension the folder that it was built into
   * @param policies the policies.json of a managed machine; such a Firefox reaches nothing but this machine
   * @param before an address that a tab shows when the extension is installed
   */
  static async launch(
    extension: string,
    { policies, before }: { policies?: string; before?: string } = {},
  ): Promise<ExtendedFirefox> {
    const { marionette, close } = await startFirefox(policies)
    const firefox = new ExtendedFirefox(marionette, close)
    try {
      await firefox.inBrowser(() => firefox.evaluate(keepErrors))
      if (before !== undefined) await firefox.open(before)
      await marionette.send('Addon:Install', { path: extension, temporary: true })
      return firefox
    } catch (error) {
      await close()
      throw error
    }
  }

  /** Opens an address in a new tab. */
  async open(url: string): Promise<void> {
    const created = await this.#marionette.send('WebDriver:NewWindow', { type: 'tab', focus: true })
    await this.#switchTo((created as { handle: string }).handle, true)
    await this.#marionette.send('WebDriver:Navigate', { url })
  }

  /** Goes to the tab that shows such an address; false where there is none. */
  async goTo(address: RegExp): Promise<boolean> {
    const handle = await this.#find(address)
    if (handle !== undefined) await this.#switchTo(handle, true)
    return handle !== undefined
  }

  /** Does something in the tab that shows such an address, unseen, and comes back to the one that it was on. */
  async aside<T>(address: RegExp, work: () => Promise<T>): Promise<T> {
    const here = await this.#ask<string>('WebDriver:GetWindowHandle', {})
    try {
      if (!(await this.#find(address))) throw new Error(`No tab shows ${address}.`)
      return await work()
    } finally {
      await this.#switchTo(here, false)
    }
  }

  /** Runs a function in the page and gives what it returns; it sees nothing but its arguments and the page. */
  evaluate<A extends unknown[], R>(work: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return this.#run(String(work), args)
  }

  /** Runs a function on a node of the page. */
  evaluateOn<N extends Node, A extends unknown[], R>(
    node: ElementReference | ShadowReference,
    work: (node: N, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    return this.#run(String(work), [node, ...args])
  }

  /** Waits for an element of the page. */
  find(selector: string): Promise<ElementReference> {
    return this.#ask('WebDriver:FindElement', { using: 'css selector', value: selector })
  }

  /** The shadow root of an element, also a closed one. */
  shadowOf(element: ElementReference): Promise<ShadowReference> {
    return this.#ask('WebDriver:GetShadowRoot', { id: element[ELEMENT] })
  }

  /** Waits for an element in a shadow root. */
  findIn(shadow: ShadowReference, selector: string): Promise<ElementReference> {
    const wanted = { shadowRoot: shadow[SHADOW], using: 'css selector', value: selector }
    return this.#ask('WebDriver:FindElementFromShadowRoot', wanted)
  }

  /** Clicks an element with the pointer, in the middle of the window: at its edge something may stand above it. */
  async click(element: ElementReference): Promise<void> {
    await this.evaluateOn(element, (node: Element) =>
      node.scrollIntoView({ block: 'center', behavior: 'instant' }),
    )
    await this.#marionette.send('WebDriver:ElementClick', { id: element[ELEMENT] })
  }

  /** Presses a key, by its name in the DOM, with those that are held before it ("Shift+Tab"). */
  async press(keys: string): Promise<void> {
    const values = keys.split('+').map((key) => keyValues[key] ?? key)
    const actions = [
      ...values.map((value) => ({ type: 'keyDown', value })),
      ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
    ]
    await this.#marionette.send('WebDriver:PerformActions', {
      actions: [{ type: 'key', id: 'keyboard', actions }],
    })
  }

  /** Does something with the browser's own window in place of the page. */
  async inBrowser<T>(work: () => Promise<T>): Promise<T> {
    await this.#marionette.send('Marionette:SetContext', { value: 'chrome' })
    try {
      return await work()
    } finally {
      await this.#marionette.send('Marionette:SetContext', { value: 'content' })
    }
  }

  /** The errors of the extension's pages, of its background and of what it runs in pages. */
  errors(): Promise<string[]> {
    return this.inBrowser(() => this.evaluate(() => window.extensionErrors))
  }

  /** Goes through the tabs until one shows such an address, which need not be the one that is seen. */
  async #find(address: RegExp): Promise<string | undefined> {
    for (const handle of (await this.#marionette.send('WebDriver:GetWindowHandles', {})) as string[]) {
      await this.#switchTo(handle, false)
      if (address.test(await this.#ask<string>('WebDriver:GetCurrentURL', {}))) return handle
    }
    return undefined
  }

  #run<T>(work: string, args: unknown[]): Promise<T> {
    return this.#ask('WebDriver:ExecuteScript', { script: `return (${work}).apply(null, arguments)`, args })
  }

  async #ask<T>(command: string, parameters: object): Promise<T> {
    return ((await this.#marionette.send(command, parameters)) as { value: T }).value
  }

  async #switchTo(handle: string, focus: boolean): Promise<void> {
    await this.#marionette.send('WebDriver:SwitchToWindow', { handle, focus })
  }
}

/** What a script in the browser's own window sees, of which no types are installed. */
type ScriptError = { sourceName: string; errorMessage: string; flags: number }
declare const Ci: { nsIScriptError: { new (): ScriptError; warningFlag: number } }
declare const Services: {
  console: { registerListener(listener: { observe(message: unknown): void }): void }
}
declare global {
  interface Window {
    /** Kept by the browser's own window: its console forgets all but the last 250 messages. */
    extensionErrors: string[]
  }
}

function keepErrors(): void {
  window.extensionErrors = []
  Services.console.registerListener({
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return
      const { errorMessage, sourceName, flags } = message
      const isError = (flags & Ci.nsIScriptError.warningFlag) === 0
      if (isError && sourceName.startsWith('moz-extension:'))
        window.extensionErrors.push(`${errorMessage} (${sourceName})`)
    },
  })
}
