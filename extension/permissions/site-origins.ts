import { browser } from 'wxt/browser'
import { apiUrlOf, type Settings, settingsStore } from '../storage/settings-store.ts'
import { originPattern } from './origin-pattern.ts'

/** The match patterns of the hosts on whose pages the learner wants Lectern, sorted. */
export async function siteOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  const apiOnly = apiOrigins(await settingsStore.get())
  return origins.filter((origin) => !apiOnly.includes(origin)).sort()
}

/** Whether the learner wants Lectern on the host of a page. */
export async function isSite(url: string): Promise<boolean> {
  const origin = originPattern(url)
  if (origin === undefined || !(await browser.permissions.contains({ origins: [origin] }))) return false
  return !apiOrigins(await settingsStore.get()).includes(origin)
}

/** The hosts that are granted for the API alone: its pages are no textbook unless the learner says so. */
export function apiOrigins(settings: Settings): string[] {
  if (import.meta.env.LECTERN_LOCALHOST || settings.sites_at_api_host) return []
  const urls = [apiUrlOf(settings), import.meta.env.LECTERN_API_URL]
  return urls.flatMap((url) => originPattern(url) ?? [])
}

/** Whether the manifest itself asks for a host, so that it cannot be given back. */
export function isRequired(origin: string): boolean {
  return browser.runtime.getManifest().host_permissions?.includes(origin) ?? false
}
