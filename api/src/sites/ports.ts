import type { ChangedSite, PageQuery, SeenLessons, Site, SiteChange } from '@lectern/shared'

/** Where the whitelist is kept. */
export type SiteStore = {
  /** In the order in which sites are tried. */
  list(): Promise<Site[]>
  /** Adds the site, or replaces the one of its id. */
  put(site: Site): Promise<void>
}

/**
 * The whitelist as staff change it: each change is recorded in the same statement, with who made it. A change that
 * does not apply (adding what is there, replacing or removing what is not) is not made and gives nothing.
 */
export type SiteRegistry = {
  add(site: Site, by: string): Promise<ChangedSite | undefined>
  replace(site: Site, by: string): Promise<ChangedSite | undefined>
  remove(siteId: string, by: string): Promise<ChangedSite | undefined>
  /** The latest changes of a site, the newest first. */
  history(siteId: string): Promise<SiteChange[]>
  /** One change; nothing where the site has none of this number. */
  findChange(siteId: string, change: number): Promise<SiteChange | undefined>
}

/** Which lessons of a site were read. */
export type SeenLessonStore = {
  /** A page of them, those last seen first. */
  list(site: string, page: PageQuery): Promise<SeenLessons>
}
