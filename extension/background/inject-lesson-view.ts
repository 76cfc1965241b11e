import { browser } from 'wxt/browser'

/** A document: that of a tab, unless its frame or itself is named. Every sender of a message names its own. */
type Place = { tab?: { id?: number | undefined }; frameId?: number; documentId?: string }

/** Loads the tab bar, and then what its tabs do, into a document; not, where it is named, into one that replaced it meanwhile. */
export async function injectLessonView({ tab, frameId, documentId }: Place): Promise<void> {
  if (tab?.id === undefined) return
  const frame = documentId === undefined ? { frameIds: [frameId ?? 0] } : { documentIds: [documentId] }
  const target = { tabId: tab.id, ...frame }
  for (const file of ['/lesson-bar.js', '/lesson-view.js'] as const)
    await browser.scripting.executeScript({ target, files: [file] })
}
