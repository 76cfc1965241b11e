import { type Browser, browser } from 'wxt/browser'
import type { LessonStream } from '../lesson/lesson-stream.ts'
import { lessonPort } from './lesson-port.ts'
import type { LessonEvent, LessonQuestion } from './lesson-protocol.ts'

const extensionGone: LessonEvent = {
  type: 'failed',
  failure: {
    error: 'internal_error',
    message: 'Lectern was updated or switched off. Original works; reload the page to go on.',
  },
}

/**
 * Asks the background a lesson's question and gives its answer as it comes. One port for each question: the
 * background takes the page's address from the port's opening. Its events are not parsed, as they come from this
 * extension's own background, which parsed what the API said.
 */
export function openLessonStream(question: LessonQuestion): LessonStream {
  const arrived: LessonEvent[] = []
  let isOpen = true
  let wake = () => {}

  function take(event: LessonEvent): void {
    arrived.push(event)
    wake()
  }
  function end(): void {
    isOpen = false
    wake()
  }

  const port = connect()
  if (port === undefined) {
    take(extensionGone)
    end()
  } else {
    port.onMessage.addListener(take)
    port.onDisconnect.addListener(end)
    port.postMessage(question)
  }

  async function* events(): AsyncGenerator<LessonEvent, void, undefined> {
    while (true) {
      const event = arrived.shift()
      if (event !== undefined) yield event
      else if (!isOpen) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  return {
    [Symbol.asyncIterator]: events,
    close() {
      arrived.length = 0
      port?.disconnect()
      end()
    },
  }
}

/** A port to the background; nothing in a page that outlived the extension it was opened with. */
function connect(): Browser.runtime.Port | undefined {
  try {
    return browser.runtime.connect({ name: lessonPort })
  } catch {
    return undefined
  }
}
