import { type RewritesQuery, siteOf } from '@lectern/shared'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'

/**
 * The key under which a rewrite is kept on this machine: as the API's own, the lesson's content, the profile, and
 * the version with what staff say of the site; and which API it is.
 */
export async function keptKeyOf(lessonHash: string, query: RewritesQuery, url: string): Promise<string> {
  const apiUrl = apiUrlOf(await settingsStore.get())
  const { api_url, sites } = await siteListStore.get()
  const site = api_url === apiUrl ? siteOf(sites, url) : undefined
  const { profile, adjustment = 0, variant = 0 } = query
  return JSON.stringify([apiUrl, lessonHash, profile, adjustment, variant, site ?? null])
}
