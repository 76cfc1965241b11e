import { siteOfPage } from '../background/site-of-page.ts'
import { lessonAddress } from './lesson-address.ts'
import type { Reading } from './measure-reading.ts'
import { afterReading, progressStore } from './progress-store.ts'
import { syncProgress } from './sync-progress.ts'

/**
 * Keeps what a lesson's tab says was read of it. By then the page may have gone on to another lesson, so it names the
 * one that is meant; not one of another origin than the sender's.
 */
export async function recordReading(
  { url, ...reading }: Reading & { url: string },
  sender: string,
): Promise<void> {
  const address = lessonAddress(url)
  if (address === undefined || new URL(url).origin !== new URL(sender).origin) return
  const site = (await siteOfPage(url))?.id
  await progressStore.update((kept) => afterReading(kept, { address, site }, reading))
  await syncProgress()
}
