import { Value } from 'typebox/value'
import { browser } from 'wxt/browser'
import { type TabMessageAnswer, type TabMessageName, tabMessages } from './messages.ts'

/** Asks the content scripts of a tab's page; nothing when none of them is there or the answer is none. */
export async function askTab<N extends TabMessageName>(
  tabId: number,
  name: N,
): Promise<TabMessageAnswer<N> | undefined> {
  const answer: unknown = await browser.tabs.sendMessage(tabId, name, { frameId: 0 }).catch(() => undefined)
  return Value.Check(tabMessages[name], answer) ? answer : undefined
}
