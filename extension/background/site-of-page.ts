import { type Site, siteOf } from '@lectern/shared'
import { schoolPolicy } from '../school/school-policy.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { courseSites } from './course-sites.ts'
import { refreshSites } from './refresh-sites.ts'

/**
 * The site that lists a page, if any: the school's own first, then the course's from the stored list, so that no page waits for the API; a list that
 * is not fresh is asked for anew meanwhile.
 */
export async function siteOfPage(url: string): Promise<Site | undefined> {
  const ofSchool = siteOf((await schoolPolicy()).sites ?? [], url)
  if (ofSchool !== undefined) return ofSchool
  const { api_url, sites } = await siteListStore.get()
  if (api_url !== apiUrlOf(await settingsStore.get())) return siteOf(await courseSites(0), url)
  void refreshSites().catch(console.error)
  return siteOf(sites, url)
}
