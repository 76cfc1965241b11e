import { siteOf } from '@lectern/shared'
import { browser } from 'wxt/browser'
import { textbooksOf } from '../courses/textbooks.ts'
import { askTab } from '../messaging/ask-tab.ts'
import type { PageState } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { isSite } from '../permissions/site-origins.ts'
import { courseStore } from '../storage/course-store.ts'
import { lessonSettingsStore, siteSettingsOf } from '../storage/lesson-settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'

/** What the page of the active tab is to Lectern. */
export type Page =
  | { kind: 'browser' }
  /** `listed`: the textbook of the learner's course that it is, or null for none; not where no list is known. */
  | { kind: 'not_granted'; host: string; origin: string; listed?: string | null }
  /** Granted, but its learner wants no tabs on this site. */
  | { kind: 'off'; host: string; url: string }
  /** Granted, but the browser lets no extension in, as on its own sites or an error page. */
  | { kind: 'closed'; host: string; tabId: number }
  | { kind: 'granted'; host: string; tabId: number; state: PageState }
  /** Granted, and called a lesson by the learner, but without any prose. */
  | { kind: 'no_prose'; host: string }

export async function findPage(): Promise<Page> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  const origin = originPattern(tab?.url ?? '')
  if (tab?.id === undefined || tab.url === undefined || origin === undefined) return { kind: 'browser' }
  const { host } = new URL(tab.url)
  if (!(await isSite(tab.url))) return { kind: 'not_granted', host, origin, ...(await listedAt(tab.url)) }
  if (siteSettingsOf(await lessonSettingsStore.get(), tab.url).off) return { kind: 'off', host, url: tab.url }
  const state = await stateOf(tab.id)
  return state === undefined
    ? { kind: 'closed', host, tabId: tab.id }
    : { kind: 'granted', host, tabId: tab.id, state }
}

/** Shows the tabs on a page that is not recognized as a lesson, as its learner calls it one; gives what it is then. */
export async function showAnyway({ host, tabId }: { host: string; tabId: number }): Promise<Page> {
  // What the browser refuses to load into answers nothing below.
  await sendMessage('load-lesson-view', { tab_id: tabId }).catch(() => undefined)
  const state = await askTab(tabId, 'show-anyway')
  if (state === undefined) return { kind: 'closed', host, tabId }
  return state.lesson ? { kind: 'granted', host, tabId, state } : { kind: 'no_prose', host }
}

/** Shows a lesson personalized whose tabs are there on request alone; gives what the page is then. */
export async function personalizePage(page: { host: string; tabId: number }): Promise<Page> {
  const shown = await showAnyway(page)
  if (shown.kind === 'granted') await askTab(page.tabId, 'flip-tab')
  return shown
}

/** The textbook that a page is of, by the stored list: nobody is asked. */
async function listedAt(url: string): Promise<{ listed?: string | null }> {
  const [kept, { sites }] = await Promise.all([courseStore.get(), siteListStore.get()])
  const textbooks = textbooksOf(kept, sites)
  return textbooks.length === 0 ? {} : { listed: siteOf(textbooks, url)?.name ?? null }
}

/** Asks the page's recognizer; where the page is older than the grant, runs it first. */
async function stateOf(tabId: number): Promise<PageState | undefined> {
  const state = await askTab(tabId, 'page-state')
  if (state !== undefined) return state
  await sendMessage('sites-changed')
  return askTab(tabId, 'page-state')
}
