// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { measureReading, type Reading } from './measure-reading.ts'

let reports: Reading[]
let ended: AbortController
let root: HTMLElement
/** Where the end of what is shown stands below the window's upper edge, in pixels. */
let end: number

beforeEach(() => {
  vi.useFakeTimers()
  reports = []
  ended = new AbortController()
  end = 5_000
  root = document.createElement('article')
  root.textContent = 'x'.repeat(2_880) // asks for 40 s
  root.getClientRects = () => [{}] as unknown as DOMRectList
  root.getBoundingClientRect = () => ({ bottom: end }) as DOMRect
  document.body.replaceChildren(root)
  see('visible')
})
afterEach(() => {
  ended.abort()
  vi.useRealTimers()
})

function see(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(state === 'hidden')
  document.dispatchEvent(new Event('visibilitychange'))
}
const measure = () =>
  measureReading({ root, report: (reading) => reports.push(reading), signal: ended.signal })
/** Reads on for so many seconds, with a sign of life each. */
function read(seconds: number): void {
  for (let i = 0; i < seconds; i++) {
    vi.advanceTimersByTime(1_000)
    window.dispatchEvent(new Event('pointermove'))
  }
}
const seconds = () => reports.reduce((sum, reading) => sum + reading.seconds, 0)

it('counts while the learner reads, and tells about once a minute', () => {
  measure()
  read(300)
  expect(reports.length).toBe(5)
  expect(seconds()).toBe(300)
  expect(reports.some(({ finished }) => finished)).toBe(false)
})

it('does not count, nor run at all, in a hidden tab', () => {
  measure()
  read(10)
  see('hidden')
  expect(reports).toEqual([{ seconds: 10, finished: false }])
  expect(vi.getTimerCount()).toBe(0)
  read(500)
  expect(vi.getTimerCount()).toBe(0)
  see('visible')
  read(7)
  see('hidden')
  expect(seconds()).toBe(17)
})

it('takes a learner who gives no sign for a minute to be away, and rests', () => {
  measure()
  read(10)
  vi.advanceTimersByTime(3_600_000)
  expect(vi.getTimerCount()).toBe(0)
  expect(seconds()).toBe(70)
  read(100)
  ended.abort()
  // The first second was before the sign of life.
  expect(seconds()).toBe(169)
})

it('does not tell of a page that was passed through', () => {
  measure()
  read(4)
  see('hidden')
  ended.abort()
  expect(reports).toEqual([])
})

it('says once that the end was seen, after long enough', () => {
  measure()
  end = 700
  window.dispatchEvent(new Event('scrollend'))
  // Back at the top: the end was seen all the same.
  end = 5_000
  read(36)
  expect(reports).toEqual([])
  read(15)
  expect(reports).toEqual([{ seconds: 45, finished: true }])
  end = 700
  read(200)
  expect(reports.filter(({ finished }) => finished).length).toBe(1)
})

it('looks at the clone where that stands in place of the lesson', () => {
  const clone = document.createElement('article')
  clone.getBoundingClientRect = () => ({ bottom: 300 }) as DOMRect
  root.before(clone)
  root.getClientRects = () => [] as unknown as DOMRectList
  end = 0
  measure()
  read(61)
  expect(reports.at(-1)?.finished).toBe(true)
})

it('tells what was read when the popup takes the focus, and when it ends', () => {
  measure()
  read(8)
  window.dispatchEvent(new Event('blur'))
  expect(seconds()).toBe(8)
  read(9)
  ended.abort()
  expect(seconds()).toBe(17)
  read(100)
  expect([seconds(), vi.getTimerCount()]).toEqual([17, 0])
})
