import type { LessonView } from '../lesson/mount-lesson-view.tsx'
import { sendMessage } from '../messaging/send-message.ts'
import { measureReading } from './measure-reading.ts'

/** Measures how long the lesson of a view is read, and tells the background, until the view or the signal ends. */
export function measureView(view: LessonView, root: Element, signal: AbortSignal): LessonView {
  const { href: url } = location
  const ended = new AbortController()
  measureReading({
    root,
    // In a page that outlived the extension there is nobody to tell.
    report: (reading) => void sendMessage('reading', { url, ...reading }).catch(() => undefined),
    signal: AbortSignal.any([signal, ended.signal]),
  })
  const { destroy } = view
  view.destroy = () => {
    ended.abort()
    destroy()
  }
  return view
}
