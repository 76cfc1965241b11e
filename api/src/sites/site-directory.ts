import { createHash } from 'node:crypto'
import type { Site } from '@lectern/shared'
import type { SiteStore } from './ports.ts'

/** The whitelist as it stands, with an HTTP entity tag for it. */
export type SiteListing = { sites: Site[]; etag: string }

export type SiteDirectory = {
  /** At most a second old. */
  list(): Promise<SiteListing>
}

/** Every personalization asks for the whitelist, which hardly ever changes. */
const MAX_AGE_MS = 1_000

/** Reads the whitelist at most once a second, however many ask; a failed reading is not kept. */
export function createSiteDirectory(store: SiteStore): SiteDirectory {
  let listing: Promise<SiteListing> | undefined
  let readAt = 0
  return {
    list() {
      if (listing && Date.now() - readAt < MAX_AGE_MS) return listing
      readAt = Date.now()
      const reading = readListing(store)
      listing = reading
      reading.catch(() => {
        if (listing === reading) listing = undefined
      })
      return reading
    },
  }
}

async function readListing(store: SiteStore): Promise<SiteListing> {
  const sites = await store.list()
  const digest = createHash('sha256').update(JSON.stringify(sites)).digest('base64url')
  return { sites, etag: `"${digest}"` }
}
