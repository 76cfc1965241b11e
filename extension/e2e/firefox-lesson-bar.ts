import type { ElementReference, ExtendedFirefox } from './firefox.ts'

/** The tabs above the lesson of the tab that Firefox is on. */
export class FirefoxLessonBar {
  readonly #firefox: ExtendedFirefox

  constructor(firefox: ExtendedFirefox) {
    this.#firefox = firefox
  }

  /** How many bars there are. */
  count(): Promise<number> {
    return this.#firefox.evaluate(() => document.querySelectorAll('[data-lectern-tabs]').length)
  }

  /** The label of the selected tab; waits for the bar. */
  async selected(): Promise<string | undefined> {
    return this.evaluate((shadow) => shadow.querySelector('[aria-selected=true]')?.textContent)
  }

  /** What the bar says under its tabs; what is doubled for the ear counts once. */
  async status(): Promise<string> {
    return this.evaluate((shadow) => {
      const status = shadow.querySelector('.status')?.cloneNode(true) as Element | undefined
      for (const seen of status?.querySelectorAll('[aria-hidden=true]') ?? []) seen.remove()
      return status?.textContent ?? ''
    })
  }

  /** Clicks a tab or a button by its label, with the pointer. */
  async press(label: string): Promise<void> {
    await this.#inShadow(async (shadow) => {
      const found = await this.#firefox.evaluateOn(shadow, buttonCalled, label)
      if (found === null) throw new Error(`The bar has no button "${label}".`)
      await this.#firefox.click(found)
    })
  }

  /** Clicks what of the bar is selected so, with the pointer. */
  async click(selector: string): Promise<void> {
    await this.#inShadow(async (shadow) => this.#firefox.click(await this.#firefox.findIn(shadow, selector)))
  }

  /** Whether something of the bar has a box. */
  async isSeen(selector: string): Promise<boolean> {
    const hasBox = (root: ShadowRoot, wanted: string) =>
      (root.querySelector(wanted)?.getClientRects().length ?? 0) > 0
    return this.#inShadow((shadow) => this.#firefox.evaluateOn(shadow, hasBox, selector))
  }

  /** Runs a function on the bar's shadow root; it sees nothing but the root and the page. */
  async evaluate<R>(work: (root: ShadowRoot) => R): Promise<Awaited<R>> {
    return this.#inShadow((shadow) => this.#firefox.evaluateOn(shadow, work))
  }

  /** Once more where the bar that was found, or its button, has given way to another one since: nothing was clicked then. */
  async #inShadow<R>(
    use: (shadow: Awaited<ReturnType<ExtendedFirefox['shadowOf']>>) => Promise<R>,
  ): Promise<R> {
    for (let tries = 1; ; tries++) {
      try {
        return await use(await this.#shadow())
      } catch (error) {
        if (tries === 5 || !/stale element|detached shadow|no such shadow/.test(String(error))) throw error
      }
    }
  }

  async #shadow() {
    return this.#firefox.shadowOf(await this.#firefox.find('[data-lectern-tabs]'))
  }
}

/** What runs in the page gives an element, what asked gets a reference to it. */
function buttonCalled(shadow: ShadowRoot, label: string): ElementReference | null {
  const buttons = [...shadow.querySelectorAll('button')]
  const found = buttons.find(({ ariaLabel, textContent }) => (ariaLabel ?? textContent) === label)
  return (found ?? null) as ElementReference | null
}
