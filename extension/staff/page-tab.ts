import { browser } from 'wxt/browser'
import { createStore } from 'zustand/vanilla'

/** The open tab whose page is looked at: what the toolbar's button was clicked on, or what was opened from here. */
export type PageTab = { id: number; url: string; title: string }

export const pageTabStore = createStore<{ tab: PageTab | undefined }>(() => ({ tab: undefined }))

/** Takes a tab, if the browser says of what page it is: by a grant, or by a click on the toolbar's button there. */
export async function takeTab(id: number): Promise<PageTab | undefined> {
  const found = await browser.tabs.get(id).catch(() => undefined)
  const { url, title = '' } = found ?? {}
  const tab = url === undefined || !/^https?:/.test(url) ? undefined : { id, url, title }
  pageTabStore.setState({ tab })
  return tab
}

/** The tab that the address of the staff page names: `staff.html?tab=12`. */
export function tabOfAddress(search: string): number | undefined {
  const id = new URLSearchParams(search).get('tab')
  return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : undefined
}

const patience = 30_000

/** Opens a page in a tab of its own, and gives the tab once the page is there. */
export async function openPage(url: string, options: { active: boolean }): Promise<number> {
  // From before it is opened: a page may be there before the browser says which tab is its.
  const begun = new Set<number>()
  const note = (id: number, { status }: { status?: string }) => status !== undefined && begun.add(id)
  browser.tabs.onUpdated.addListener(note)
  try {
    const { id } = await browser.tabs.create({ url, ...options })
    if (id === undefined) throw new Error('the browser opened no tab')
    await loaded(id, begun)
    return id
  } finally {
    browser.tabs.onUpdated.removeListener(note)
  }
}

/** Closes a tab that was opened from here, where its reader has not. */
export async function closePage(id: number): Promise<void> {
  await browser.tabs.remove(id).catch(() => undefined)
}

/** Resolves when a tab's page is loaded, is gone, or has not come for half a minute. */
async function loaded(id: number, begun: ReadonlySet<number>): Promise<void> {
  const until = Date.now() + patience
  while (Date.now() < until) {
    // A tab of Firefox's is empty until it goes to its address: complete, its address not told, and no event of it.
    // Each end has an event, as a refused connection and a host without a grant, whose address is never told.
    const hasBegun = begun.has(id)
    const tab = await browser.tabs.get(id).catch(() => undefined)
    if (tab === undefined || (hasBegun && tab.status === 'complete')) return
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
