import { type Browser, browser } from 'wxt/browser'
import type { TabMessageAnswer, TabMessageName } from './messages.ts'

/** Answers one message in a tab until the function that it gives is called. Lean: no schemas. */
export function receiveInTab<N extends TabMessageName>(
  name: N,
  answer: () => TabMessageAnswer<N>,
): () => void {
  const listener = (message: unknown, _: Browser.runtime.MessageSender, reply: (answer: unknown) => void) => {
    if (message === name) reply(answer())
  }
  browser.runtime.onMessage.addListener(listener)
  return () => browser.runtime.onMessage.removeListener(listener)
}
