import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { courseSites, courseTextbooks } from './course-sites.ts'
import { FixtureApi } from './fixture-api.ts'

const book = { id: 'book', name: 'Book', patterns: ['https://book.example/*'], policy: 'allow' as const }
let api: FixtureApi

beforeEach(async () => {
  fakeBrowser.reset()
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({}) } })
  api = await FixtureApi.start()
  api.sites = [book]
  await settingsStore.update((settings) => ({ ...settings, api_url: api.url }))
})
afterEach(() => api.close())

it('asks by ETag, and keeps the list that has not changed', async () => {
  await courseSites(0)
  expect(await courseSites(0)).toEqual([book])
  expect(api.calls.map((call) => call.headers['if-none-match'])).toEqual([undefined, '"1"'])
})

it('keeps the list of an API that is away, and of another API none', async () => {
  await courseSites(0)
  await api.close()
  expect(await courseSites(0)).toEqual([book])
  await settingsStore.update((settings) => ({ ...settings, api_url: 'http://127.0.0.1:9' }))
  expect(await courseSites(0)).toEqual([])
})

it('does not trust a list that is none', async () => {
  api.sites = [{ ...book, patterns: [] }]
  expect(await courseSites(0)).toEqual([])
  expect(await siteListStore.get()).toMatchObject({ api_url: null })
})

it('puts the textbooks of a learner’s school first, less those that it shuts out', async () => {
  const own = { ...book, id: 'own', patterns: ['https://own.example/*'] }
  const sites = [own, { ...book, policy: 'deny' as const }]
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({ sites }) } })
  api.sites = [{ ...book, id: 'other', patterns: ['https://other.example/*'] }, book]
  expect((await courseTextbooks()).map(({ id }) => id)).toEqual(['own', 'other'])
})
