import { beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { siteListStore } from '../storage/site-list-store.ts'
import { changeLessonSettings, hasTabs, lessonSettingsOf } from './lesson-settings.ts'
import '../storage/testing/database.ts'

const url = 'https://book.example/loops.html'
let policy: object

beforeEach(async () => {
  fakeBrowser.reset()
  policy = {}
  Object.assign(fakeBrowser, { permissions: { contains: async () => true } })
  Object.assign(fakeBrowser.storage, { managed: { get: async () => policy } })
  // Fresh: nobody is asked.
  await siteListStore.update((list) => ({
    ...list,
    api_url: 'http://localhost:8787',
    checked_at: Date.now(),
    sites: [{ id: 'book', name: 'Book', patterns: ['https://book.example/*'], policy: 'on_request' }],
  }))
})

it('starts nothing by itself on a site that is personalized on request', async () => {
  await changeLessonSettings(url, { start_personalized: true })
  expect(await lessonSettingsOf(url)).toMatchObject({
    allowed: true,
    on_request: true,
    start_personalized: false,
  })
  expect(await hasTabs(url)).toBe(false)
  expect(await hasTabs('https://other.example/')).toBe(true)
})

it('withholds what a school has taken away, whatever was set before', async () => {
  await changeLessonSettings(url, { adjustment: 1, variant: 2 })
  expect(await lessonSettingsOf(url)).toMatchObject({ adjustment: 1, variant: 2 })
  policy = { reports: false, other_versions: false }
  expect(await lessonSettingsOf(url)).toMatchObject({
    adjustment: 0,
    variant: 0,
    no_reports: true,
    no_versions: true,
  })
})
