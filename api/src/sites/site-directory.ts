import type { Site } from '@lectern/shared'
import type { SiteStore } from './ports.ts'

export type SiteDirectory = {
  /** The whitelist in the order in which sites are tried, at most a second old; the same object while it is the same. */
  list: () => Promise<Site[]>
}

/** Every personalization asks for the whitelist, which hardly ever changes. */
const MAX_AGE_MS = 1_000

/** Reads the whitelist at most once a second, however many ask; a failed reading is not kept. */
export function createSiteDirectory(store: SiteStore): SiteDirectory {
  let sites: Promise<Site[]> | undefined
  let readAt = 0
  let last: Site[] = []
  let lastText = '[]'
  const read = async () => {
    const list = await store.list()
    const text = JSON.stringify(list)
    if (text !== lastText) [last, lastText] = [list, text]
    return last
  }
  return {
    list() {
      if (sites && Date.now() - readAt < MAX_AGE_MS) return sites
      readAt = Date.now()
      const reading = read()
      sites = reading
      reading.catch(() => {
        if (sites === reading) sites = undefined
      })
      return reading
    },
  }
}
