import { browser } from 'wxt/browser'
import { sendMessage } from '../messaging/send-message.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { apiOrigins } from './site-origins.ts'

/**
 * Asks the learner for sites, by the match patterns of their hosts, and lets Lectern run there at once.
 * Call it straight from a click: Firefox shows its prompt only when nothing was awaited before.
 */
export async function grantSites(origins: readonly string[]): Promise<boolean> {
  const granted = await browser.permissions.request({ origins: [...origins] })
  if (!granted) return false
  const ofApi = apiOrigins(await settingsStore.get())
  if (origins.some((origin) => ofApi.includes(origin)))
    await settingsStore.update((settings) => ({ ...settings, sites_at_api_host: true }))
  await sendMessage('sites-changed')
  return true
}

/** Gives a site back: its open pages lose their tabs. */
export async function revokeSite(origin: string): Promise<void> {
  const settings = await settingsStore.get()
  const servesApi = apiOrigins({ ...settings, sites_at_api_host: false }).includes(origin)
  if (servesApi) await settingsStore.update((current) => ({ ...current, sites_at_api_host: false }))
  else await browser.permissions.remove({ origins: [origin] })
  await sendMessage('sites-changed')
}
