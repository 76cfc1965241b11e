import { type Site, siteOf } from '@lectern/shared'
import { schoolPolicy } from '../school/school-policy.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { courseSites } from './course-sites.ts'
import { refreshSites } from './refresh-sites.ts'

/**
 * The site that lists a page, if any. From the stored list, so that no page waits for the API; a list that is not
 * fresh is asked for anew meanwhile. Only where none is stored yet the API is waited for.
 */
export async function siteOfPage(url: string): Promise<Site | undefined> {
  const { api_url } = await siteListStore.get()
  const isStored = api_url === apiUrlOf(await settingsStore.get())
  if (isStored) void refreshSites().catch(console.error)
  const kept = await keptSiteOfPage(url)
  if (isStored || kept !== undefined) return kept
  await courseSites(0)
  return keptSiteOfPage(url)
}

/** The same by what is stored alone: the school's own sites first, then those of the API in force. */
export async function keptSiteOfPage(url: string): Promise<Site | undefined> {
  const ofSchool = siteOf((await schoolPolicy()).sites ?? [], url)
  if (ofSchool !== undefined) return ofSchool
  const { api_url, sites } = await siteListStore.get()
  return api_url === apiUrlOf(await settingsStore.get()) ? siteOf(sites, url) : undefined
}
