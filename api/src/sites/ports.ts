import type { Site } from '@lectern/shared'

/** Where the whitelist is kept. */
export type SiteStore = {
  /** In the order in which sites are tried. */
  list(): Promise<Site[]>
  /** Adds the site, or replaces the one of its id. */
  put(site: Site): Promise<void>
}
