import type { Site } from '@lectern/shared'
import type { SiteStore } from './ports.ts'

export type SiteDirectory = {
  /** The whitelist in the order in which sites are tried, at most a second old. */
  list: () => Promise<Site[]>
}

/** Every personalization asks for the whitelist, which hardly ever changes. */
const MAX_AGE_MS = 1_000

/** Reads the whitelist at most once a second, however many ask; a failed reading is not kept. */
export function createSiteDirectory(store: SiteStore): SiteDirectory {
  let sites: Promise<Site[]> | undefined
  let readAt = 0
  return {
    list() {
      if (sites && Date.now() - readAt < MAX_AGE_MS) return sites
      readAt = Date.now()
      const reading = store.list()
      sites = reading
      reading.catch(() => {
        if (sites === reading) sites = undefined
      })
      return reading
    },
  }
}
