// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { watchPage } from './watch-page.ts'

let stop = () => {}
afterEach(() => {
  stop()
  vi.useRealTimers()
  document.body.replaceChildren()
})

const change = async () => {
  document.body.append('.')
  await vi.advanceTimersByTimeAsync(10_000)
}

it('looks again while the page is being made, and no more once it was found', async () => {
  vi.useFakeTimers()
  const look = vi.fn(async () => document.querySelector('main') !== null)
  stop = watchPage(look)
  await vi.advanceTimersByTimeAsync(0)
  expect(look).toHaveBeenCalledTimes(1)
  document.body.append(document.createElement('main'))
  await vi.advanceTimersByTimeAsync(300)
  expect(look).toHaveBeenCalledTimes(2)
  await change()
  expect(look).toHaveBeenCalledTimes(2)
})

it('gives up on a page that goes on changing, until its address changes', async () => {
  vi.useFakeTimers()
  const look = vi.fn(async () => false)
  stop = watchPage(look)
  for (let i = 0; i < 20; i++) await change()
  expect(look).toHaveBeenCalledTimes(10)
  history.pushState(null, '', '/next')
  await change()
  expect(look).toHaveBeenCalledTimes(11)
})

it('ends when the extension is gone', async () => {
  vi.useFakeTimers()
  const look = vi.fn(() => Promise.reject(new Error('Extension context invalidated.')))
  stop = watchPage(look)
  for (let i = 0; i < 3; i++) await change()
  expect(look).toHaveBeenCalledOnce()
})
