import { type Browser, browser } from 'wxt/browser'
import type { TabMessageAnswer, TabMessageName } from './messages.ts'

/**
 * Answers one message in a tab until the function that it gives is called; a failure is no answer. Lean: no schemas.
 */
export function receiveInTab<N extends TabMessageName>(
  name: N,
  answer: () => TabMessageAnswer<N> | Promise<TabMessageAnswer<N>>,
): () => void {
  const listener = (message: unknown, _: Browser.runtime.MessageSender, reply: (answer: unknown) => void) => {
    if (message !== name) return
    void Promise.resolve()
      .then(answer)
      .then(reply, () => reply(undefined))
    // Keeps the channel open: Chrome takes no promise here.
    return true
  }
  browser.runtime.onMessage.addListener(listener)
  return () => browser.runtime.onMessage.removeListener(listener)
}
