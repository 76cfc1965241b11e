import Type from 'typebox'
import { Value } from 'typebox/value'
import { type Browser, browser } from 'wxt/browser'
import { isTopDocument } from './is-top-document.ts'
import { type Message, type MessageAnswer, type MessageBody, type MessageName, messages } from './messages.ts'

export type Sender = Browser.runtime.MessageSender

/** What the background does with each message. */
export type MessageHandlers = {
  [N in MessageName]: (body: MessageBody<N>, sender: Sender) => Promise<MessageAnswer<N>>
}

const Envelope = Type.Object({
  type: Type.Enum(Object.keys(messages) as MessageName[]),
  body: Type.Unknown(),
})

/** Answers the messages to the background, each parsed and from whom it may come; others get no answer. */
export function receiveMessages(handlers: MessageHandlers): () => void {
  const listener = (message: unknown, sender: Sender, reply: (answer: unknown) => void) => {
    if (!isMessage(message) || !maySend(message.type, sender)) return
    answer(handlers, message, sender).then(
      (value) => reply({ ok: true, answer: value }),
      (error) => {
        console.error(error)
        reply({ ok: false })
      },
    )
    // Keeps the channel open: Chrome takes no promise here.
    return true
  }
  browser.runtime.onMessage.addListener(listener)
  return () => browser.runtime.onMessage.removeListener(listener)
}

function isMessage(message: unknown): message is Message<MessageName> {
  return Value.Check(Envelope, message) && Value.Check(messages[message.type].body, message.body)
}

function maySend(type: MessageName, sender: Sender): boolean {
  const { id, url } = sender
  if (id !== browser.runtime.id || !isTopDocument(sender)) return false
  const isPage = url?.startsWith(browser.runtime.getURL('/')) ?? false
  return messages[type].from === 'content' || isPage
}

function answer<N extends MessageName>(
  handlers: MessageHandlers,
  { type, body }: Message<N>,
  sender: Sender,
): Promise<MessageAnswer<N>> {
  return handlers[type](body, sender)
}
