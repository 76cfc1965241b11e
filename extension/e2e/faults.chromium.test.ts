import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyAnswers } from './any-answers.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { type Stack, startStack } from './stack.ts'

/** Chrome's own limit of what an extension keeps. */
const QUOTA_BYTES = 10_485_760

declare const chrome: {
  storage: {
    local: {
      set(values: object): Promise<void>
      remove(key: string): Promise<void>
      getBytesInUse(): Promise<number>
    }
  }
}

let stack: Stack
let profile: string
let chromium: ExtendedChromium
let page: Page
let bar: LessonBar
/** A page of the extension, with its rights. */
let options: Page

beforeAll(async () => {
  stack = await startStack('chrome')
  profile = await mkdtemp(join(tmpdir(), 'lectern-profile-'))
  await open()
  await keepLearner('c0ffee00-0000-4000-8000-000000000003')
})
afterAll(async () => {
  await chromium?.close()
  await rm(profile, { recursive: true, force: true })
  await stack?.close()
})

/**
 * Keeps a learner who has answered the questions, under the lock of all contexts: a browser that is just beginning
 * would write a learner of its own over this one.
 */
async function keepLearner(user_id: string): Promise<void> {
  const learner = { user_id, preferences: anyAnswers, synced: 'none', known_at: [] }
  await options.evaluate(
    (kept) =>
      navigator.locks.request('storage:learner', () =>
        chrome.storage.local.set({ learner: kept, learner$: { v: 2 } }),
      ),
    learner,
  )
}

/** Opens the browser with what it has kept. */
async function open(): Promise<void> {
  chromium = await launchChromium(stack.extension, undefined, profile)
  options = await chromium.context.newPage()
  await options.goto(`${chromium.origin}/options.html`)
  page = await chromium.context.newPage()
  bar = new LessonBar(page)
}

async function openLesson(url: string): Promise<void> {
  await page.bringToFront()
  await page.goto(url)
  await expect.poll(() => bar.selected()).toBe('Original')
}

const rewritten = () => page.locator('[data-lectern-clone] p', { hasText: /^For an? / }).count()
/** What the author wrote, as it is seen. */
const words = () => page.locator('body').ariaSnapshot()

it('a browser that is closed while a lesson arrives finds all of it when it is opened again, made once', async () => {
  stack.model.configure({ ttft_ms: 300, tokens_per_second: 40 })
  await openLesson(stack.lesson('MkDocs'))
  await bar.click('Personalized')
  await expect.poll(rewritten).toBeGreaterThan(0)
  await chromium.close()
  await open()
  await openLesson(stack.lesson('MkDocs'))
  await bar.click('Personalized')
  await expect.poll(() => bar.status()).toMatch(/rewritten/)
  expect(await rewritten()).toBeGreaterThan(2)
  expect(new Set(stack.model.requests).size).toBe(stack.model.requests.length)
})

/** Leaves the extension no room; gives what makes room again. */
async function fillStorage(): Promise<() => Promise<void>> {
  await options.evaluate(async (quota) => {
    const room = quota - (await chrome.storage.local.getBytesInUse()) - 'filler'.length - 2
    await chrome.storage.local.set({ filler: 'x'.repeat(room) })
  }, QUOTA_BYTES)
  return () => options.evaluate(() => chrome.storage.local.remove('filler'))
}

it('a browser whose storage is full says so and shows the author’s lesson; Retry works once there is room', async () => {
  stack.model.configure({})
  // The API is yet to be told of them, which is then noted.
  await keepLearner('c0ffee00-0000-4000-8000-000000000004')
  await openLesson(stack.lesson('Sphinx'))
  const before = await words()
  const free = await fillStorage()
  await bar.click('Personalized')
  await expect.poll(() => bar.status()).toMatch(/no room left.*try again/)
  await bar.click('Original')
  await expect.poll(() => bar.selected()).toBe('Original')
  expect(await words()).toBe(before)
  expect(stack.model.requests).toEqual([])
  await bar.click('Personalized')
  await expect.poll(() => bar.status()).toMatch(/no room left.*try again/)
  await free()
  await bar.click('Retry')
  await expect.poll(() => bar.status()).toMatch(/rewritten/)
  expect(await rewritten()).toBeGreaterThan(2)
  await bar.click('Original')
  expect(await words()).toBe(before)
})
