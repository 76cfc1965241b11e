import type { Site } from '@lectern/shared'
import type { SiteStore } from './ports.ts'

export type SiteDirectory = {
  /** The whitelist in the order in which sites are tried, at most a second old; the same object while it is the same. */
  list: () => Promise<Site[]>
  /** The same without waiting; nothing while it has to be read anew. */
  current: () => Site[] | undefined
}

/** Every personalization asks for the whitelist, which hardly ever changes. */
const MAX_AGE_MS = 1_000

/** Reads the whitelist at most once a second, however many ask; a failed reading is not kept. */
export function createSiteDirectory(store: SiteStore): SiteDirectory {
  let sites: Promise<Site[]> | undefined
  let readAt = 0
  let last: { list: Site[]; text: string; readAt: number } | undefined
  const read = async (at: number) => {
    const list = await store.list()
    const text = JSON.stringify(list)
    last = { list: text === last?.text ? last.list : list, text, readAt: at }
    return last.list
  }
  return {
    current() {
      return last && Date.now() - last.readAt < MAX_AGE_MS ? last.list : undefined
    },

    list() {
      if (sites && Date.now() - readAt < MAX_AGE_MS) return sites
      readAt = Date.now()
      const reading = read(readAt)
      sites = reading
      reading.catch(() => {
        if (sites === reading) sites = undefined
      })
      return reading
    },
  }
}
