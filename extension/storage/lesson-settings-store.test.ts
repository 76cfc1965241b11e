import { beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import {
  changeLessonVersion,
  changeSiteSettings,
  lessonSettingsStore,
  lessonVersionOf,
  siteSettingsOf,
} from './lesson-settings-store.ts'

const page = 'https://book.example/loops.html?lesson=3#while'

beforeEach(() => fakeBrowser.reset())

it('is set for a host, for all of its pages', async () => {
  const kept = await changeSiteSettings(page, { start_personalized: true })
  expect(siteSettingsOf(kept, 'https://book.example/')).toMatchObject({
    start_personalized: true,
    off: false,
  })
  expect(siteSettingsOf(kept, 'https://book.example:8443/')).toMatchObject({ start_personalized: false })
  await changeSiteSettings('https://book.example/a', { off: true })
  expect(await lessonSettingsStore.get()).toMatchObject({
    sites: [{ origin: 'https://book.example', start_personalized: true, off: true }],
  })
})

it('is set for a lesson, wherever in it the learner is', async () => {
  const kept = await changeLessonVersion(page, { adjustment: -1 })
  expect(lessonVersionOf(kept, 'https://book.example/loops.html?lesson=3')).toMatchObject({ adjustment: -1 })
  expect(lessonVersionOf(kept, 'https://book.example/loops.html?lesson=4')).toMatchObject({ adjustment: 0 })
})

it('keeps nothing of what is as it was at first', async () => {
  await changeSiteSettings(page, { off: true })
  await changeSiteSettings(page, { off: false })
  await changeLessonVersion(page, { variant: 2 })
  await changeLessonVersion(page, { variant: 0 })
  expect(await lessonSettingsStore.get()).toEqual({ sites: [], lessons: [] })
})

it('forgets what was set longest ago beyond a thousand lessons', async () => {
  const lessons = Array.from({ length: 1000 }, (_, i) => ({
    url: `https://book.example/${i}`,
    adjustment: 1 as const,
    variant: 0,
  }))
  await lessonSettingsStore.update((kept) => ({ ...kept, lessons }))
  const kept = await changeLessonVersion('https://book.example/0', { variant: 1 })
  expect(kept.lessons).toHaveLength(1000)
  const more = await changeLessonVersion(page, { adjustment: 1 })
  expect(more.lessons).toHaveLength(1000)
  expect(lessonVersionOf(more, 'https://book.example/1').adjustment).toBe(0)
  expect(lessonVersionOf(more, 'https://book.example/0')).toMatchObject({ adjustment: 1, variant: 1 })
})
