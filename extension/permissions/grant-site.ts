import { browser } from 'wxt/browser'
import { sendMessage } from '../messaging/send-message.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { apiOrigins } from './site-origins.ts'

/**
 * Asks the learner for a site, by the match pattern of its host, and lets Lectern run there at once.
 * Call it straight from a click: Firefox shows its prompt only when nothing was awaited before.
 */
export async function grantSite(origin: string): Promise<boolean> {
  const granted = await browser.permissions.request({ origins: [origin] })
  if (!granted) return false
  if (apiOrigins(await settingsStore.get()).includes(origin))
    await settingsStore.update((settings) => ({ ...settings, sites_at_api_host: true }))
  await sendMessage('sites-changed')
  return true
}

/** Gives a site back. */
export async function revokeSite(origin: string): Promise<void> {
  const settings = await settingsStore.get()
  const servesApi = apiOrigins({ ...settings, sites_at_api_host: false }).includes(origin)
  if (servesApi) await settingsStore.update((current) => ({ ...current, sites_at_api_host: false }))
  else await browser.permissions.remove({ origins: [origin] })
  await sendMessage('sites-changed')
}
