// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { LessonView } from '../lesson/mount-lesson-view.tsx'
import { measureView } from './measure-view.ts'

let sent: unknown[]
let destroyed: number

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  ;[sent, destroyed] = [[], 0]
  Object.assign(fakeBrowser.runtime, {
    sendMessage: async (message: unknown) => {
      sent.push(message)
      return { ok: true, answer: null }
    },
  })
  history.replaceState(null, '', '/before')
})
afterEach(() => {
  vi.useRealTimers()
})

function measure(signal = new AbortController().signal): LessonView {
  const view = { destroy: () => destroyed++ } as unknown as LessonView
  return measureView(view, document.createElement('article'), signal)
}
const reading = (path: string) => ({
  type: 'reading',
  body: { url: new URL(path, location.href).href, seconds: 8, finished: false },
})

it('names the lesson that was read, though the page named it late and has gone on to another', () => {
  const view = measure()
  history.pushState(null, '', '/lesson')
  vi.advanceTimersByTime(8_000)
  history.pushState(null, '', '/after')
  view.destroy()
  expect(sent).toEqual([reading('/lesson')])
  expect([destroyed, vi.getTimerCount()]).toEqual([1, 0])
})

it('ends with its signal, too', () => {
  const ended = new AbortController()
  measure(ended.signal)
  vi.advanceTimersByTime(8_000)
  ended.abort()
  expect(sent).toEqual([reading('/before')])
  expect(vi.getTimerCount()).toBe(0)
})
