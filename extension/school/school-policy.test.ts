import { readFileSync } from 'node:fs'
import { beforeEach, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { siteOfPage } from '../background/site-of-page.ts'
import { withSafeAnswers } from '../questions/draft.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { applySchoolPolicy } from './apply-school-policy.ts'
import { SchoolPolicy, schoolPolicy, takenAway } from './school-policy.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const chrome = read('chrome-policy.json')['3rdparty'].extensions.EXTENSION_ID
const firefox = read('firefox-policies.json').policies['3rdparty'].Extensions['lectern@extension']

let policy: object
beforeEach(() => {
  fakeBrowser.reset()
  policy = {}
  Object.assign(fakeBrowser.storage, { managed: { get: async () => policy } })
})

it('is in force as the examples have it, in both browsers', async () => {
  for (const example of [chrome, firefox]) {
    policy = example
    expect(await schoolPolicy()).toEqual(example)
  }
})

it('is named to Chrome with the same fields', () => {
  const { type, properties } = read('../public/managed-schema.json')
  expect([type, Object.keys(properties).sort()]).toEqual([
    'object',
    Object.keys(SchoolPolicy.properties).sort(),
  ])
})

it('is waited for two seconds, and counts once the browser says it', async () => {
  vi.useFakeTimers()
  const { promise, resolve } = Promise.withResolvers<object>()
  Object.assign(fakeBrowser.storage, { managed: { get: () => promise } })
  const first = schoolPolicy()
  await vi.advanceTimersByTimeAsync(2_000)
  expect([await first, await schoolPolicy()]).toEqual([{}, {}])
  resolve(chrome)
  await vi.advanceTimersByTimeAsync(0)
  expect(await schoolPolicy()).toEqual(chrome)
  vi.useRealTimers()
})

it('is empty where none is set, which Firefox tells by a failure', async () => {
  Object.assign(fakeBrowser.storage, { managed: { get: () => Promise.reject(new Error('not found')) } })
  expect(await schoolPolicy()).toEqual({})
})

it.each([
  { api_url: 'javascript:1' },
  { api_url: 'https://api.example/' },
  { course: '!' },
  { sites: [{ id: 'x' }] },
  { preferences: { preferred_language: 'en' } },
  { consent_recorded: 'yes' },
  { unknown: 1 },
])('passes over %j, and nothing else', async (wrong) => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  policy = { consent_recorded: true, api_url: 'https://api.example', ...wrong }
  expect(await schoolPolicy()).toEqual(
    Object.fromEntries(
      Object.entries({ consent_recorded: true, api_url: 'https://api.example' }).filter(
        ([key]) => !(key in wrong),
      ),
    ),
  )
  log.mockRestore()
})

it('takes away only what it says, and progress on the server with its history', () => {
  const nothing = { reports: false, progressSync: false, versions: false }
  expect(takenAway({})).toEqual(nothing)
  expect(
    takenAway({ reports: true, progress_sync: true, other_versions: true, server_history: true }),
  ).toEqual(nothing)
  expect(takenAway({ reports: false, other_versions: false })).toEqual({
    ...nothing,
    reports: true,
    versions: true,
  })
  expect(takenAway({ server_history: false })).toEqual({ ...nothing, progressSync: true })
})

it('comes before what is set here', async () => {
  await settingsStore.update((settings) => ({ ...settings, api_url: 'https://own.example' }))
  policy = { api_url: 'https://api.example' }
  await applySchoolPolicy()
  expect(await settingsStore.get()).toMatchObject({ api_url: 'https://api.example' })
})

it('answers for learners who gave no answers, where their consent is recorded', async () => {
  const { preferences } = chrome
  policy = { preferences }
  await applySchoolPolicy()
  expect((await learnerStore.get()).preferences).toBeNull()
  policy = { preferences, consent_recorded: true }
  await applySchoolPolicy()
  expect((await learnerStore.get()).preferences).toEqual(preferences)
  const own = withSafeAnswers({ education_level: 'graduate' })
  await savePreferences(own)
  await applySchoolPolicy()
  expect((await learnerStore.get()).preferences).toEqual(own)
})

it('decides on a site before the registry does', async () => {
  const site = { id: 'a', name: 'A', patterns: ['https://exams.school.example/*'], policy: 'allow' as const }
  await siteListStore.update((list) => ({ ...list, sites: [site] }))
  policy = chrome
  expect(await siteOfPage('https://exams.school.example/1')).toMatchObject({ id: 'exam', policy: 'deny' })
})
