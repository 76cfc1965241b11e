import { browser } from 'wxt/browser'
import { askTab } from '../messaging/ask-tab.ts'
import type { PageState } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { isSite } from '../permissions/site-origins.ts'

/** What the page of the active tab is to Lectern. */
export type Page =
  | { kind: 'browser' }
  | { kind: 'not_granted'; host: string; origin: string }
  /** Granted, but the browser lets no extension in, as on its own sites or an error page. */
  | { kind: 'closed'; host: string }
  | { kind: 'granted'; host: string; tabId: number; state: PageState }
  /** Granted, and called a lesson by the learner, but without any prose. */
  | { kind: 'no_prose'; host: string }

export async function findPage(): Promise<Page> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  const origin = originPattern(tab?.url ?? '')
  if (tab?.id === undefined || tab.url === undefined || origin === undefined) return { kind: 'browser' }
  const { host } = new URL(tab.url)
  if (!(await isSite(tab.url))) return { kind: 'not_granted', host, origin }
  const state = await stateOf(tab.id)
  return state === undefined ? { kind: 'closed', host } : { kind: 'granted', host, tabId: tab.id, state }
}

/** Shows the tabs on a page that is not recognized as a lesson, as its learner calls it one; gives what it is then. */
export async function showAnyway({ host, tabId }: { host: string; tabId: number }): Promise<Page> {
  // What the browser refuses to load into answers nothing below.
  await sendMessage('load-lesson-view', { tab_id: tabId }).catch(() => undefined)
  const state = await askTab(tabId, 'show-anyway')
  if (state === undefined) return { kind: 'closed', host }
  return state.lesson ? { kind: 'granted', host, tabId, state } : { kind: 'no_prose', host }
}

/** Asks the page's recognizer; where the page is older than the grant, runs it first. */
async function stateOf(tabId: number): Promise<PageState | undefined> {
  const state = await askTab(tabId, 'page-state')
  if (state !== undefined) return state
  await sendMessage('sites-changed')
  return askTab(tabId, 'page-state')
}
