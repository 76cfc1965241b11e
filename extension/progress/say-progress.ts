import { type ProgressState, siteOf } from '@lectern/shared'
import { sendMessage } from '../messaging/send-message.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { afterSaying, progressStore } from './progress-store.ts'

/** Keeps what the learner says of a lesson, and tells the server, where they wish that. */
export async function sayProgress(url: string, address: string, state: ProgressState): Promise<void> {
  const { sites } = await siteListStore.get()
  const site = siteOf(sites, url)?.id
  await progressStore.update((kept) => afterSaying(kept, { address, site }, state))
  await sendMessage('sync-progress')
}
