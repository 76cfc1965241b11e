import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import type { SiteRules } from '../../messaging/messages.ts'
import { FromPicker } from './picker-port.ts'
import { pickerPort } from './picker-port-name.ts'

export type PickOptions = {
  tabId: number
  /** The rules to begin with. */
  rules: SiteRules
  /** Told of each thing that the page says. */
  onSaid: (said: FromPicker) => void
  /** The page was closed or left. */
  onGone: () => void
}

/**
 * Shows the picker in a tab, which comes to the front. Gives what ends it, or nothing where the browser lets Lectern
 * not into the page: neither granted, nor clicked upon in the toolbar.
 */
export async function pickOnPage(options: PickOptions): Promise<(() => void) | undefined> {
  const { tabId, rules, onSaid, onGone } = options
  const injected = await browser.scripting
    .executeScript({ target: { tabId }, files: ['/staff-picker.js'] })
    .catch(() => undefined)
  if (injected === undefined) return undefined
  const port = browser.tabs.connect(tabId, { name: pickerPort, frameId: 0 })
  port.onMessage.addListener((said: unknown) => {
    if (Value.Check(FromPicker, said)) onSaid(said)
  })
  port.onDisconnect.addListener(onGone)
  port.postMessage(rules)
  await browser.tabs.update(tabId, { active: true })
  return () => port.disconnect()
}
