import type { Preferences } from '@lectern/shared'
import type { Focus } from './focus-of.ts'
import type { Stack } from './stack.ts'

export type LearnerOptions = {
  /** An address that a tab shows when the extension is installed. */
  before?: string
}

/** A browser with the extension, in whose hands a journey is; what it asks of a page, it asks of the tab it is on. */
export type Learner = {
  stack: Stack
  /** Answers the six questions on the page that opens at install, with the pointer. */
  answer(answers?: Preferences): Promise<void>
  /** Opens an address in a new tab. */
  open(url: string): Promise<void>
  /** The address of a page of the extension. */
  ownPage(path: string): Promise<string>
  /** Goes to the tab that shows such an address; false where there is none. */
  goTo(address: RegExp): Promise<boolean>
  /** Runs a function in the page and gives what it returns; it sees nothing but its arguments and the page. */
  evaluate<A extends unknown[], R>(work: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Clicks the first visible element, with the pointer. */
  click(selector: string): Promise<void>
  /** Presses a key, by its name in the DOM, with those that are held before it ("Shift+Tab"). */
  press(keys: string): Promise<void>
  /** What has the focus, in the tabs above a lesson too; nothing where it is on the page itself. */
  focus(): Promise<Focus | null>
  /** Clicks a tab or a button of the bar above a lesson by its label, with the pointer. */
  clickInBar(label: string): Promise<void>
  /** The label of the lesson's selected tab. */
  selected(): Promise<string | undefined>
  /** What the bar says under its tabs. */
  status(): Promise<string>
  /** How many bars there are. */
  bars(): Promise<number>
  popup: Popup
  /**
   * Runs a function in a page of the extension, which stands in a tab of its own from the first time on; it sees
   * nothing but its arguments and that page.
   */
  inExtension<A extends unknown[], R>(work: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Runs an expression where the extension's scripts run in the page, and gives the error that it ends in. */
  inContentScript?: (expression: string) => Promise<string | undefined>
  /** Ends the extension's background, as the browser does when it is idle or needs the memory. */
  endBackground(): Promise<void>
  /** Loads the extension anew, as an update does; its own pages are closed by that. */
  reloadExtension(): Promise<void>
  /**
   * Accepts the permission prompt that the browser shows, and gives what it asked; none where the browser shows no
   * prompt without a window.
   */
  allow?: () => Promise<string>
  /** Errors and warnings of the pages that note them, and of the extension. */
  problems(): Promise<string[]>
  close(): Promise<void>
}

/** The popup that the toolbar's button opens over the page. */
export type Popup = {
  open(): Promise<void>
  /** What it says, or an element of it; nothing where it has no such element. */
  text(selector?: string): Promise<string>
  /** Clicks what says just this, or begins so. */
  click(label: string): Promise<void>
}

/** What a page of the extension sees of the browser. */
declare global {
  const chrome: {
    storage: { local: { set(values: object): Promise<void>; get(): Promise<Record<string, unknown>> } }
    runtime: { sendMessage(message: object): Promise<{ answer: unknown }>; reload(): void }
    alarms: { create(name: string, info: { when: number }): Promise<void> }
    permissions: { remove(permissions: { origins: string[] }): Promise<boolean> }
  }
}
