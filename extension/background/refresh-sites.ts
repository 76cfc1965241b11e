import { browser } from 'wxt/browser'
import { learnerStore } from '../storage/learner-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { courseSites } from './course-sites.ts'

/** The alarm that asks for the course's sites again. */
export const refreshAgain = 'refresh-sites'
/** Minutes between two times, and after one that the API did not answer. */
const pause = { usual: 1, away: 5 } as const
const minute = 60_000

let flight: Promise<unknown> | undefined

/** Asks for the course's sites unless the stored list is younger than a minute. Calls at the same time share one. */
export async function refreshSites(): Promise<void> {
  flight ??= courseSites(pause.usual * minute).finally(() => {
    flight = undefined
  })
  await flight
}

/**
 * Keeps the list fresh while the browser is used: a window of it has the focus. In between nobody is asked, and
 * nobody is before the learner has answered the questions.
 */
export async function refreshWhileUsed(windowId?: number): Promise<void> {
  if (!(await isUsed(windowId)) || (await learnerStore.get()).preferences === null) {
    await browser.alarms.clear(refreshAgain)
    return
  }
  await refreshSites()
  const { checked_at } = await siteListStore.get()
  const isFresh = Date.now() - checked_at < 2 * pause.usual * minute
  await browser.alarms.create(refreshAgain, { delayInMinutes: isFresh ? pause.usual : pause.away })
}

async function isUsed(windowId: number | undefined): Promise<boolean> {
  // Firefox for Android has no windows: there a page that is opened refreshes the list.
  if (browser.windows === undefined) return false
  if (windowId !== undefined) return windowId !== browser.windows.WINDOW_ID_NONE
  const windows = await browser.windows.getAll()
  return windows.some(({ focused }) => focused)
}
