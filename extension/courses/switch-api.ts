import { browser } from 'wxt/browser'
import { sendMessage } from '../messaging/send-message.ts'
import { originPattern } from '../permissions/origin-pattern.ts'
import { isRequired } from '../permissions/site-origins.ts'
import { keepCourse } from '../storage/course-store.ts'
import { forgetSync } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

/**
 * Takes another API into use: it does not know the learner yet, its courses are others, and the permission for the
 * old one is given back.
 */
export async function switchApi(apiUrl: string): Promise<void> {
  const before = apiUrlOf(await settingsStore.get())
  if (apiUrl === before) return
  const isDefault = apiUrl === import.meta.env.LECTERN_API_URL
  await settingsStore.update((settings) => ({
    ...settings,
    api_url: isDefault ? null : apiUrl,
    sites_at_api_host: false,
  }))
  await forgetSync()
  await keepCourse(null)
  const old = originPattern(before)
  if (old !== undefined && old !== originPattern(apiUrl) && !isRequired(old))
    await browser.permissions.remove({ origins: [old] })
  await sendMessage('sites-changed')
}
