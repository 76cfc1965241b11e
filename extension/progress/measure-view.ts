import type { LessonView } from '../lesson/mount-lesson-view.tsx'
import { sendMessage } from '../messaging/send-message.ts'
import { measureReading } from './measure-reading.ts'

/** Some frameworks render a lesson before they name it in the address, in milliseconds; none is reported that early. */
const NAMED_AFTER = 1_000

/** Measures how long the lesson of a view is read, and tells the background, until the view or the signal ends. */
export function measureView(view: LessonView, root: Element, signal: AbortSignal): LessonView {
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  // At its end the page may have gone on to another address.
  let { href: url } = location
  const naming = setTimeout(() => {
    url = location.href
  }, NAMED_AFTER)
  either.addEventListener('abort', () => clearTimeout(naming), { once: true })
  measureReading({
    root,
    // In a page that outlived the extension there is nobody to tell.
    report: (reading) => void sendMessage('reading', { url, ...reading }).catch(() => undefined),
    signal: either,
  })
  const { destroy } = view
  view.destroy = () => {
    ended.abort()
    destroy()
  }
  return view
}
