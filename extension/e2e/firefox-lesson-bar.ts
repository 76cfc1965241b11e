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
    const found = await this.#firefox.evaluateOn(await this.#shadow(), buttonCalled, label)
    if (found === null) throw new Error(`The bar has no button "${label}".`)
    await this.#firefox.click(found)
  }

  /** Clicks what of the bar is selected so, with the pointer. */
  async click(selector: string): Promise<void> {
    await this.#firefox.click(await this.#firefox.findIn(await this.#shadow(), selector))
  }

  /** Whether something of the bar has a box. */
  async isSeen(selector: string): Promise<boolean> {
    return this.#firefox.evaluateOn(
      await this.#shadow(),
      (shadow: ShadowRoot, wanted: string) =>
        (shadow.querySelector(wanted)?.getClientRects().length ?? 0) > 0,
      selector,
    )
  }

  /** Runs a function on the bar's shadow root; it sees nothing but the root and the page. */
  async evaluate<R>(work: (root: ShadowRoot) => R): Promise<Awaited<R>> {
    return this.#firefox.evaluateOn(await this.#shadow(), work)
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
