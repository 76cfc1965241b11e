import { vi } from 'vitest'
import { type ElementReference, ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { FirefoxPopup } from './firefox-popup.ts'
import { answerQuestions } from './firefox-questions.ts'
import { focusOf } from './focus-of.ts'
import type { Learner, LearnerOptions } from './learner.ts'
import type { Stack } from './stack.ts'

/** A learner with Firefox; closing it closes the stack, too. */
export async function startFirefoxLearner(stack: Stack, options: LearnerOptions = {}): Promise<Learner> {
  const firefox = await ExtendedFirefox.launch(stack.extension, options)
  const bar = new FirefoxLessonBar(firefox)
  const popup = new FirefoxPopup(firefox)
  const ownPage = (path: string) => firefox.inBrowser(() => firefox.evaluate(addressOf, path))
  let isOwnPageOpen = false
  const openOwnPage = async () => {
    if (!isOwnPageOpen) await firefox.open(await ownPage('options.html#own'))
    isOwnPageOpen = true
  }
  const clickVisible = async (selector: string) => {
    const found = await firefox.evaluate(firstVisible, selector)
    if (found === null) throw new Error(`Nothing visible is "${selector}".`)
    await firefox.click(found)
  }
  return {
    stack,
    answer: (answers) => answerQuestions(firefox, answers),
    open: (url) => firefox.open(url),
    ownPage,
    goTo: (address) => firefox.goTo(address),
    evaluate: (work, ...args) => firefox.evaluate(work, ...args),
    // Again where something still stands above it, as Astro's picture of the page that was left.
    click: (selector) => vi.waitFor(() => clickVisible(selector), { timeout: 20_000 }),
    press: (keys) => firefox.press(keys),
    async focus() {
      const isInBar = await firefox.evaluate(() => document.activeElement?.hasAttribute('data-lectern-tabs'))
      return isInBar ? bar.evaluate(focusOf) : firefox.evaluate(focusOf)
    },
    clickInBar: (label) => bar.press(label),
    selected: () => bar.selected(),
    status: () => bar.status(),
    bars: () => bar.count(),
    popup,
    inExtension: (work, ...args) =>
      openOwnPage().then(() => firefox.aside(openedPage, () => firefox.evaluate(work, ...args))),
    endBackground: () => inBrowser(firefox, endBackground),
    reloadExtension: () => inBrowser(firefox, reloadExtension),
    allow: () => popup.allow(),
    problems: async () => [
      ...(await firefox.evaluate(() => window.problems ?? [])),
      ...(await firefox.errors()).filter((error) => !leftWaiting.test(error)),
    ],
    async close() {
      await firefox.close()
      await stack.close()
    },
  }
}

const openedPage = /\/options\.html#own$/

/** Firefox's own note of a page of the extension that was left before an answer to it came, which Chromium keeps to itself. */
const leftWaiting = /^Promise rejected after context unloaded/

/** What runs in the page gives an element, what asked gets a reference to it. */
function firstVisible(selector: string): ElementReference | null {
  const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility())
  return (found ?? null) as ElementReference | null
}

/** What a script in the browser's own window sees, of which no types are installed. */
declare const WebExtensionPolicy: {
  getByID(id: string): {
    getURL(path: string): string
    extension: { terminateBackground(options: object): Promise<void> }
  }
}
declare const ChromeUtils: {
  importESModule(url: string): {
    AddonManager: { getAddonByID(id: string): Promise<{ reload(): Promise<void> }> }
  }
}

function inBrowser<R>(firefox: ExtendedFirefox, work: () => R): Promise<Awaited<R>> {
  return firefox.inBrowser(() => firefox.evaluate(work))
}

function addressOf(path: string): string {
  return WebExtensionPolicy.getByID('lectern@extension').getURL(path)
}

function endBackground(): Promise<void> {
  const { extension } = WebExtensionPolicy.getByID('lectern@extension')
  return extension.terminateBackground({ ignoreDevToolsAttached: true })
}

async function reloadExtension(): Promise<void> {
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs')
  await (await AddonManager.getAddonByID('lectern@extension')).reload()
}
