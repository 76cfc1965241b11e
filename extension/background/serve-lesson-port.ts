import { Value } from 'typebox/value'
import type { Browser } from 'wxt/browser'
import { isTopDocument } from '../messaging/is-top-document.ts'
import { type LessonEvent, LessonQuestion } from '../messaging/lesson-protocol.ts'
import { answerQuestion } from './answer-question.ts'
import { keepAwake } from './keep-awake.ts'

const badQuestion: LessonEvent = {
  type: 'failed',
  failure: {
    error: 'validation_failed',
    message: 'Lectern could not read this page’s lesson. Original works; reload the page and try again.',
  },
}

/**
 * Answers the questions of one lesson's tab. A new question ends the answer to the one before, a closed port the
 * last. The page's address is that of the document that opened the port, so a port serves one address; a frame's is
 * closed at once.
 */
export function serveLessonPort(port: Browser.runtime.Port): void {
  if (port.sender === undefined || !isTopDocument(port.sender)) return port.disconnect()
  let answering = new AbortController()
  port.onMessage.addListener((question: unknown) => {
    answering.abort()
    answering = new AbortController()
    void answer(port, question, answering.signal)
  })
  port.onDisconnect.addListener(() => answering.abort())
}

async function answer(port: Browser.runtime.Port, question: unknown, signal: AbortSignal): Promise<void> {
  const url = port.sender?.url
  if (url === undefined || !Value.Check(LessonQuestion, question)) return port.postMessage(badQuestion)
  const rest = keepAwake()
  try {
    for await (const event of answerQuestion(question, url, signal)) {
      if (signal.aborted) return
      port.postMessage(event)
    }
  } finally {
    rest()
  }
}
