import type { Site } from '@lectern/shared'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { withSafeAnswers } from '../questions/draft.ts'
import { keepCourse } from '../storage/course-store.ts'
import { savePreferences } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { FixtureApi } from './fixture-api.ts'
import { courseLinkPatterns, openAtInstall, openCourse } from './open-course.ts'
import { refreshWhileUsed } from './refresh-sites.ts'
import { siteOfPage } from './site-of-page.ts'

const book: Site = { id: 'book', name: 'Book', patterns: ['https://book.example/*'], policy: 'allow' }
const page = 'https://book.example/one.html'
let api: FixtureApi
let focused: boolean

beforeEach(async () => {
  fakeBrowser.reset()
  focused = true
  Object.assign(fakeBrowser.windows, { getAll: async () => [{ focused: false }, { focused }] })
  api = await FixtureApi.start()
  api.sites = [book]
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
})
afterEach(async () => {
  vi.useRealTimers()
  await api.close()
})

const alarm = async () => (await fakeBrowser.alarms.getAll())[0]
const minutesUntilAlarm = async () =>
  Math.round((((await alarm())?.scheduledTime ?? 0) - Date.now()) / 60_000)
const later = (minutes: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 })

describe('a page’s site', () => {
  it('is found with one question for many pages', async () => {
    expect(await siteOfPage(page)).toEqual(book)
    expect(await siteOfPage('https://book.example/two.html')).toEqual(book)
    expect(await siteOfPage('https://other.example/')).toBeUndefined()
    expect(api.calls).toHaveLength(1)
  })

  it('is told at once from the stored list, which is refreshed meanwhile', async () => {
    await siteOfPage(page)
    let answer = () => {}
    api.before = () => new Promise((resolve) => (answer = resolve))
    later(2)
    expect(await siteOfPage(page)).toEqual(book)
    await expect.poll(() => api.calls).toHaveLength(2)
    answer()
    await expect.poll(async () => (await siteListStore.get()).checked_at).toBeGreaterThan(Date.now() - 1000)
  })
})

describe('the list of sites', () => {
  beforeEach(() => savePreferences(withSafeAnswers({})))

  it('is asked for each minute while a window has the focus, by its entity tag', async () => {
    await refreshWhileUsed()
    expect(await minutesUntilAlarm()).toBe(1)
    later(1.1)
    await refreshWhileUsed()
    expect(api.calls.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"'])
  })

  it('is left alone while nobody uses the browser', async () => {
    await refreshWhileUsed()
    await refreshWhileUsed(-1)
    expect(await alarm()).toBeUndefined()
    focused = false
    later(5)
    await refreshWhileUsed()
    expect(api.calls).toHaveLength(1)
    await refreshWhileUsed(7)
    expect(api.calls).toHaveLength(2)
    expect(await minutesUntilAlarm()).toBe(1)
  })

  it('is asked for less often while the API is away', async () => {
    await api.close()
    await refreshWhileUsed()
    expect(await minutesUntilAlarm()).toBe(5)
    api = await FixtureApi.start()
  })
})

it('is asked for by nobody before the questions are answered', async () => {
  await refreshWhileUsed()
  expect(api.calls).toEqual([])
  expect(await alarm()).toBeUndefined()
})

describe('a course link', () => {
  const opened = async () =>
    (await fakeBrowser.tabs.query({})).map(({ url }) => url).filter((url) => url?.includes('onboarding'))

  it('is looked for on the hosts of the API in force and of this build’s', async () => {
    await settingsStore.update((settings) => ({ ...settings, api_url: 'https://api.example/lectern' }))
    expect(await courseLinkPatterns()).toEqual([
      'https://api.example/lectern/course/*',
      'http://localhost/course/*',
    ])
  })

  it('opens the questions with the course', async () => {
    await openCourse(`${api.url}/course/demo?from=mail`)
    expect(await opened()).toEqual([
      expect.stringMatching(/onboarding\.html\?course=http%3A%2F%2F127\.0\.0\.1%3A\d+%2Fcourse%2Fdemo/),
    ])
  })

  it('that is open in a tab at install is the one that the learner came by', async () => {
    const tabs = [
      { url: `${api.url}/course/old`, lastAccessed: 1 },
      { url: `${api.url}/course/demo`, lastAccessed: 2 },
      { url: 'https://evil.example/course/demo', lastAccessed: 3 },
    ]
    // The fake knows no match patterns.
    vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValueOnce(tabs as never)
    await openAtInstall()
    expect(await opened()).toEqual([expect.stringMatching(/\?course=.*%2Fcourse%2Fdemo$/)])
  })

  it('is not needed at install', async () => {
    await openAtInstall()
    expect(await opened()).toEqual([expect.stringMatching(/onboarding\.html$/)])
  })

  it('of the course that is in use opens nothing more', async () => {
    await savePreferences(withSafeAnswers({}))
    await keepCourse({ code: 'demo', name: 'Demo', sites: [] })
    await openCourse(`${api.url}/course/DEMO`)
    expect(await opened()).toEqual([])
    await openCourse(`${api.url}/course/other`)
    expect(await opened()).toHaveLength(1)
  })

  it.each([
    'https://evil.example/course/demo',
    'http://127.0.0.1:9/course/demo',
    'http://localhost:8787/other',
  ])('is none at %s', async (url) => {
    await openCourse(url)
    expect(await opened()).toEqual([])
  })
})
