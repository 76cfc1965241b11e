import { browser } from 'wxt/browser'
import type { Message, MessageAnswer, MessageBody, MessageName, Reply } from './messages.ts'

/**
 * Sends a message to the background and gives its answer, which is not parsed: it comes from this extension's own
 * background, and content scripts have no room for schemas.
 * @throws when the background could not answer
 */
export async function sendMessage<N extends MessageName>(
  type: N,
  ...[body]: MessageBody<N> extends null ? [] : [MessageBody<N>]
): Promise<MessageAnswer<N>> {
  const message = { type, body: body ?? null } as Message<N>
  const reply: Reply<N> | undefined = await browser.runtime.sendMessage(message)
  if (!reply?.ok) throw new Error(`the background did not answer "${type}"`)
  return reply.answer
}
