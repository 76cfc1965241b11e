import type { Browser } from 'wxt/browser'

/**
 * Whether a message is of the document that a tab shows, where all that Lectern runs in pages runs. A frame in it, of
 * whatever host, has nothing to say. (Until it is shown, a document that Chromium renders ahead counts as a frame.)
 */
export function isTopDocument({ frameId = 0, documentLifecycle }: Browser.runtime.MessageSender): boolean {
  return frameId === 0 || documentLifecycle === 'prerender'
}
