import { type Browser, browser } from 'wxt/browser'
import type { LessonStream } from '../lesson/lesson-stream.ts'
import { lessonPort } from './lesson-port.ts'
import type { LessonEvent, LessonQuestion } from './lesson-protocol.ts'

/** Milliseconds before each time that a background which went away is asked again. */
const pauses = [100, 300, 1000, 3000, 10_000]

const extensionGone: LessonEvent = {
  type: 'failed',
  failure: {
    error: 'extension_updated',
    message: 'Lectern was updated or switched off. Original works; reload the page to go on.',
  },
}

/**
 * Asks the background a lesson's question and gives its answer as it comes, to its last event. One port for each
 * question: the background takes the page's address from the port's opening. A browser may end the background at any
 * time, also in the middle of an answer: then it is asked again, and answers from the beginning, by hash what was
 * made meanwhile; after the last of `pauses` the answer just ends. Its events are not parsed, as they come from this
 * extension's own background, which parsed what the API said.
 */
export function openLessonStream(question: LessonQuestion): LessonStream {
  const arrived: LessonEvent[] = []
  let isOpen = true
  let wake = () => {}
  let port: Browser.runtime.Port | undefined
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function ask(): void {
    port = connect()
    if (port === undefined) return take(extensionGone)
    port.onMessage.addListener(take)
    port.onDisconnect.addListener(askAgain)
    port.postMessage(question)
  }
  function take(event: LessonEvent): void {
    if (!isOpen) return
    arrived.push(event)
    if (isLast(event)) end()
    wake()
  }
  function askAgain(): void {
    const pause = pauses[tries++]
    if (!isOpen) return
    if (pause === undefined) return end()
    timer = setTimeout(ask, pause)
  }
  function end(): void {
    isOpen = false
    clearTimeout(timer)
    port?.disconnect()
    wake()
  }

  async function* events(): AsyncGenerator<LessonEvent, void, undefined> {
    while (true) {
      const event = arrived.shift()
      if (event !== undefined) yield event
      else if (!isOpen) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  ask()
  return {
    [Symbol.asyncIterator]: events,
    close() {
      arrived.length = 0
      end()
    },
  }
}

function isLast({ type }: LessonEvent): boolean {
  return type === 'done' || type === 'failed' || type === 'onboarding_needed'
}

/** A port to the background; nothing in a page that outlived the extension it was opened with. */
function connect(): Browser.runtime.Port | undefined {
  try {
    return browser.runtime.connect({ name: lessonPort })
  } catch {
    return undefined
  }
}
