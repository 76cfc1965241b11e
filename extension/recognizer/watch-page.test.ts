// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type PageWatchOptions, watchPage } from './watch-page.ts'

let stop = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  history.replaceState(null, '', '/')
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  document.body.replaceChildren()
})

function watch(options: Partial<PageWatchOptions> = {}) {
  const spies = {
    arrive: vi.fn(async () => {}),
    look: vi.fn(() => document.querySelector('main') !== null),
    found: vi.fn(async () => {}),
    ...options,
  }
  stop = watchPage(spies)
  return spies
}

const change = async (milliseconds = 10_000) => {
  document.body.append('.')
  await vi.advanceTimersByTimeAsync(milliseconds)
}

it('looks again while the page is being made, and no more once it was found', async () => {
  const { look, found } = watch()
  await vi.advanceTimersByTimeAsync(0)
  expect(look).toHaveBeenCalledTimes(1)
  document.body.append(document.createElement('main'))
  await vi.advanceTimersByTimeAsync(200)
  expect(look).toHaveBeenCalledTimes(2)
  expect(found).toHaveBeenCalledOnce()
  await change()
  expect(look).toHaveBeenCalledTimes(2)
})

it('finds a lesson within a fifth of a second on a page that has changed all the time', async () => {
  const { found } = watch()
  for (let i = 0; i < 1000; i++) await change(10)
  document.body.append(document.createElement('main'))
  for (let i = 0; i < 20; i++) await change(10)
  expect(found).toHaveBeenCalledOnce()
})

it('looks the less often the longer it takes', async () => {
  const look = vi.fn(() => {
    vi.advanceTimersByTime(50)
    return false
  })
  watch({ look })
  for (let i = 0; i < 1000; i++) await change(10)
  expect(look.mock.calls.length).toBeLessThan(8)
})

it('readies itself for each address once', async () => {
  const { arrive } = watch()
  for (const address of ['/', '/#part', '/next', '/next']) {
    history.pushState(null, '', address)
    await change()
  }
  expect(arrive).toHaveBeenCalledTimes(2)
})

it('ends when the extension is gone', async () => {
  const arrive = vi.fn(() => Promise.reject(new Error('Extension context invalidated.')))
  const { look } = watch({ arrive })
  for (let i = 0; i < 3; i++) await change()
  expect(arrive).toHaveBeenCalledOnce()
  expect(look).not.toHaveBeenCalled()
})
