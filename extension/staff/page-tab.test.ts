import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { openPage, takeTab } from './page-tab.ts'

const url = 'https://a.example/stacks.html'
const page = { id: 7, status: 'complete', url, title: 'Stacks' } as Browser.tabs.Tab
/** What Firefox 153 says of a tab that has not gone to its address yet. */
const empty = { id: 7, status: 'complete' } as Browser.tabs.Tab

/** What the browser says of the tab, answer by answer; the last one from then on. */
let answers: Browser.tabs.Tab[]
const say = (status: 'loading' | 'complete') =>
  void fakeBrowser.tabs.onUpdated.trigger(7, { status }, {} as Browser.tabs.Tab)

afterEach(() => vi.useRealTimers())
beforeEach(() => {
  fakeBrowser.reset()
  answers = []
  Object.assign(fakeBrowser.tabs, {
    create: async () => empty,
    get: async () => {
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      if (answer === undefined) throw new Error('No tab with id: 7.')
      return answer
    },
  })
})

it('waits until a tab has gone to its address, which is complete before, too', async () => {
  answers = [empty, empty, { ...page, status: 'loading' }, page]
  const opened = openPage(url, { active: false })
  await expect.poll(() => answers.length).toBe(2)
  say('loading')
  expect(await takeTab(await opened)).toEqual({ id: 7, url, title: 'Stacks' })
})

it('takes no answer that was on its way when the tab went to its address', async () => {
  answers = [empty, { ...page, status: 'loading' }, page]
  const { get } = fakeBrowser.tabs
  Object.assign(fakeBrowser.tabs, {
    get: async (id: number) => {
      const answer = await get(id)
      say('loading')
      return answer
    },
  })
  await openPage(url, { active: false })
  expect(answers).toEqual([page])
})

it('waits no longer for a host that is not granted, of which the browser tells no address', async () => {
  answers = [empty]
  Object.assign(fakeBrowser.tabs, {
    create: async () => {
      say('complete')
      return empty
    },
  })
  expect(await takeTab(await openPage(url, { active: false }))).toBeUndefined()
})

it('waits no longer for a tab that is gone, and listens no longer', async () => {
  expect(await openPage(url, { active: false })).toBe(7)
  expect(fakeBrowser.tabs.onUpdated.hasListeners()).toBe(false)
})

it('waits half a minute for a page that never ends to load, and sees it where its address is known by then', async () => {
  vi.useFakeTimers()
  answers = [{ ...page, status: 'loading' }]
  const opened = vi.fn()
  void openPage(url, { active: false }).then(opened)
  say('loading')
  await vi.advanceTimersByTimeAsync(29_000)
  expect(opened).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2000)
  expect(opened).toHaveBeenCalledWith(7)
  expect(await takeTab(7)).toEqual({ id: 7, url, title: 'Stacks' })
})
