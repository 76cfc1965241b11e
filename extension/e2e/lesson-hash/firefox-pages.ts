import { bundle } from '../../rendering/testing/bundle.ts'
import { startFirefox } from '../firefox-process.ts'
import type { Marionette } from '../marionette.ts'

/** Firefox makes no window narrower than this; a page in one that is zoomed is narrower. */
const NARROWEST = 500

/** A Firefox with a script of ours for its pages, run in a world of its own as an extension's scripts are. */
export class FirefoxPages {
  readonly close: () => Promise<void>
  readonly #marionette: Marionette
  readonly #script: string

  private constructor(marionette: Marionette, script: string, close: () => Promise<void>) {
    this.#marionette = marionette
    this.#script = script
    this.close = close
  }

  /** @param entry path from the extension's folder of a module that sets what tests call on `globalThis` */
  static async launch(entry: string): Promise<FirefoxPages> {
    const script = await bundle(entry)
    const { marionette, close } = await startFirefox()
    return new FirefoxPages(marionette, script, close)
  }

  async open(url: string): Promise<void> {
    await this.#marionette.send('WebDriver:Navigate', { url })
    await this.#run(this.#script)
  }

  /** Sets the width of the page's viewport, and whether it is asked for its dark look. */
  async look({ width, dark }: { width: number; dark: boolean }): Promise<void> {
    await this.#marionette.send('Marionette:SetContext', { value: 'chrome' })
    await this.#run(
      `Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', ${dark ? 0 : 1})
       gBrowser.selectedBrowser.browsingContext.fullZoom = ${Math.max(1, NARROWEST / width)}`,
    )
    await this.#marionette.send('Marionette:SetContext', { value: 'content' })
    await this.#marionette.send('WebDriver:SetWindowRect', { width: Math.max(NARROWEST, width), height: 900 })
  }

  /** Runs a function in the page and gives what it returns; it sees its arguments, the page and our script. */
  evaluate<A extends unknown[], R>(work: (...args: A) => R, ...args: A): Promise<R> {
    return this.#run(`return (${String(work)}).apply(null, arguments)`, args)
  }

  async #run<T>(script: string, args: unknown[] = []): Promise<T> {
    const parameters = { script, args, sandbox: 'lectern', newSandbox: false }
    return ((await this.#marionette.send('WebDriver:ExecuteScript', parameters)) as { value: T }).value
  }
}
