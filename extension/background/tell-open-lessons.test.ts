import { beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { withSafeAnswers } from '../questions/draft.ts'
import { forgetSync, savePreferences } from '../storage/learner-store.ts'
import { changeSiteSettings } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { changeLessonSettings, lessonSettingsOf } from './lesson-settings.ts'
import { relayCommand } from './relay-command.ts'
import { allowSites, disallowSites, tellOpenLessons } from './tell-open-lessons.ts'

const url = 'https://book.example/loops.html'
let origins: string[]
/** What each tab was told, and what it answers to a message. */
let told: string[]
let answers: Record<string, unknown>
let injected: string[]

beforeEach(() => {
  fakeBrowser.reset()
  ;[origins, told, answers, injected] = [['https://book.example/*'], [], {}, []]
  const tabs = [
    { id: 1, url },
    { id: 2, url: 'https://other.example/' },
  ]
  Object.assign(fakeBrowser, {
    permissions: {
      getAll: async () => ({ origins }),
      contains: async (asked: { origins: string[] }) => asked.origins.every((one) => origins.includes(one)),
    },
    scripting: {
      getRegisteredContentScripts: async () => [],
      registerContentScripts: async () => undefined,
      executeScript: async ({ target, files }: { target: { tabId: number }; files: string[] }) =>
        injected.push(`${target.tabId} ${files.join()}`),
    },
  })
  Object.assign(fakeBrowser.tabs, {
    query: async (query: { url?: string[]; active?: true }) =>
      tabs.filter(
        (tab) => !(query.url || query.active) || (origins.length > 0 && tab.url.startsWith('https://book')),
      ),
    get: async (id: number) => tabs.find((tab) => tab.id === id),
    sendMessage: async (id: number, message: string) => {
      told.push(`${id} ${message}`)
      return answers[message]
    },
  })
  fakeBrowser.storage.local.onChanged.addListener((changes) => void tellOpenLessons(changes))
})

it('of other preferences and of another API; of nothing else about the learner', async () => {
  await savePreferences(withSafeAnswers({}))
  await expect.poll(() => told).toEqual(['1 preferences-changed'])
  await forgetSync()
  await savePreferences(withSafeAnswers({}))
  await settingsStore.update((settings) => ({ ...settings, api_url: 'http://localhost:1234' }))
  await expect.poll(() => told).toEqual(['1 preferences-changed', '1 preferences-changed'])
})

it('of the API’s own host, taken back as a site', async () => {
  await settingsStore.update((settings) => ({ ...settings, sites_at_api_host: true }))
  await expect.poll(() => told.sort()).toEqual(['1 lesson-settings-changed', '2 lesson-settings-changed'])
})

it('of another background in a site’s subject', async () => {
  answers['lesson-settings-changed'] = null
  await changeSiteSettings(url, { subject_background: 'advanced' })
  await expect.poll(() => told).toEqual(['1 preferences-changed', '1 lesson-settings-changed'])
  await changeSiteSettings('https://other.example/', { off: true })
  await expect.poll(() => told).toHaveLength(3)
  expect(told[2]).toBe('1 lesson-settings-changed')
})

it('of what is set for their site', async () => {
  answers['lesson-settings-changed'] = null
  expect(await changeLessonSettings(url, { start_personalized: true, adjustment: 1 })).toEqual({
    allowed: true,
    start_personalized: true,
    adjustment: 1,
    variant: 0,
  })
  await expect.poll(() => told).toEqual(['1 lesson-settings-changed', '1 lesson-settings-changed'])
  expect(injected).toEqual([])
})

it('brings the tabs to a lesson on which they were not wanted when it was opened', async () => {
  answers['page-state'] = { lesson: true, title: 'Loops', family: 'unknown' }
  await changeSiteSettings(url, { off: true })
  await expect.poll(() => told).toEqual(['1 lesson-settings-changed', '1 page-state'])
  expect(await lessonSettingsOf(url)).toMatchObject({ allowed: false })
  await changeSiteSettings(url, { off: false })
  await expect.poll(() => injected).toEqual(['1 /lesson-bar.js', '1 /lesson-view.js'])
})

it('of a site that was taken back, without knowing in which tabs it is', async () => {
  origins = []
  await disallowSites()
  expect(told).toEqual(['1 lesson-settings-changed', '2 lesson-settings-changed'])
  expect(await lessonSettingsOf(url)).toMatchObject({ allowed: false })
})

it('of a site that was allowed again', async () => {
  await allowSites()
  expect(injected).toEqual(['1 /recognizer.js'])
  expect(told[0]).toBe('1 lesson-settings-changed')
})

it('of a shortcut, in the tab that the learner looks at', async () => {
  await relayCommand('flip-block', { id: 2 } as never)
  await relayCommand('flip-tab', undefined)
  await relayCommand('toString', undefined)
  expect(told).toEqual(['2 flip-block', '1 flip-tab'])
})
