import { browser } from 'wxt/browser'
import type { Sender } from '../messaging/receive-messages.ts'

/** Loads the tab bar into the document that a message came from; not into one that replaced it meanwhile. */
export async function injectLessonView({ tab, frameId, documentId }: Sender): Promise<void> {
  if (tab?.id === undefined) return
  const frame = documentId === undefined ? { frameIds: [frameId ?? 0] } : { documentIds: [documentId] }
  await browser.scripting.executeScript({ target: { tabId: tab.id, ...frame }, files: ['/lesson-view.js'] })
}
