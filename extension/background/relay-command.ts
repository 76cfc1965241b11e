import { type Browser, browser } from 'wxt/browser'
import { shortcuts } from '../manifest.ts'
import { askTab } from '../messaging/ask-tab.ts'

/** Passes a shortcut on to the lesson in the tab that the learner looks at; other pages hear nothing. */
export async function relayCommand(command: string, tab: Browser.tabs.Tab | undefined): Promise<void> {
  if (!isShortcut(command)) return
  // Firefox tells the tab since version 126 only.
  const active = tab ?? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]
  if (active?.id !== undefined) await askTab(active.id, command)
}

function isShortcut(command: string): command is keyof typeof shortcuts {
  return Object.hasOwn(shortcuts, command)
}
