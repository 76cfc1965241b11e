import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyAnswers } from './any-answers.ts'
import { ApiTap } from './api-tap.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { type Stack, startStack } from './stack.ts'

const learner = {
  user_id: 'c0ffee00-0000-4000-8000-000000000001',
  preferences: anyAnswers,
  synced: 'none',
  known_at: [],
}
const patient = { timeout: 30_000, interval: 100 }

declare const chrome: {
  storage: {
    local: { set(values: object): Promise<void>; get(key?: string): Promise<Record<string, unknown>> }
  }
  runtime: { sendMessage(message: object): Promise<{ answer: unknown }>; reload(): void }
  alarms: { create(name: string, info: { when: number }): Promise<void> }
}

let stack: Stack
let tap: ApiTap
let chromium: ExtendedChromium
let page: Page
let bar: LessonBar
/** A page of the extension, with its rights. */
let options: Page

beforeAll(async () => {
  stack = await startStack('chrome')
  tap = await ApiTap.open(stack.api.url)
  chromium = await launchChromium(stack.extension)
  options = await chromium.context.newPage()
  await options.goto(`${chromium.origin}/options.html`)
  await store('learner', learner)
  await store('settings', { api_url: tap.url, sites_at_api_host: false })
  page = await chromium.context.newPage()
  bar = new LessonBar(page)
})
afterAll(async () => {
  await chromium?.close()
  await tap?.close()
  await stack?.close()
})

/** Stores a value of the newest version under the lock that all contexts of the extension share. */
const store = (key: string, value: object) =>
  options.evaluate(
    ([name, kept, versions]) =>
      navigator.locks.request(`storage:${name}`, () =>
        chrome.storage.local.set({ [name]: kept, [`${name}$`]: { v: versions } }),
      ),
    [key, value, key === 'learner' ? 2 : 1] as const,
  )

async function openLesson(url: string): Promise<void> {
  await page.bringToFront()
  await page.goto(url)
  await expect.poll(() => bar.selected(), patient).toBe('Original')
}

const rewritten = () => page.locator('[data-lectern-clone] p', { hasText: /^For an? / }).count()
const isReady = () => expect.poll(() => bar.status(), patient).toMatch(/rewritten/)
const tell = (type: string) =>
  options.evaluate(
    async (name) => (await chrome.runtime.sendMessage({ type: name, body: null })).answer,
    type,
  )

/** Ends the extension's worker, as the browser does when it is idle or needs the memory. */
async function endWorker(): Promise<void> {
  const session = await chromium.context.newCDPSession(options)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}

describe('a learner whose browser ends the background at any moment', () => {
  it('finds the rewrite whole, with what had arrived in its place all the time', async () => {
    stack.model.configure({ ttft_ms: 300, tokens_per_second: 60 })
    await openLesson(stack.lesson('MkDocs'))
    await bar.click('Personalized')
    await expect.poll(rewritten, patient).toBeGreaterThan(0)
    const before = await rewritten()
    await endWorker()
    const least: number[] = []
    await expect
      .poll(async () => {
        least.push(await rewritten())
        return bar.status()
      }, patient)
      .toMatch(/rewritten/)
    expect(Math.min(...least)).toBeGreaterThanOrEqual(before)
    expect(await rewritten()).toBeGreaterThan(before)
    // Asked again by hash: what was being made went on being made, once.
    expect(new Set(stack.model.requests).size).toBe(stack.model.requests.length)
    expect(tap.callsOf('GET /api/rewrites').length).toBeGreaterThan(1)
  })
})

describe('a learner without a network', () => {
  it('opens what was personalized on this machine, and nothing of it is sent', async () => {
    stack.model.configure({})
    await openLesson(stack.lesson('MkDocs'))
    tap.away = true
    tap.calls.length = 0
    await openLesson(stack.lesson('MkDocs'))
    const start = performance.now()
    await bar.click('Personalized')
    await isReady()
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(await rewritten()).toBeGreaterThan(2)
    expect(tap.calls).toEqual([])
    expect(stack.model.requests).toEqual([])
  })

  it('has it checked by hash and entity tag once there is one again', async () => {
    tap.away = false
    for (let look = 0; look < 2; look++) {
      await openLesson(stack.lesson('MkDocs'))
      await bar.click('Personalized')
      await isReady()
      await expect.poll(() => tap.callsOf('GET /api/rewrites').length, patient).toBe(look + 1)
      await expect.poll(() => tap.callsOf('GET /api/rewrites')[look]?.status, patient).toBeDefined()
    }
    const [first, second] = tap.callsOf('GET /api/rewrites')
    expect(first?.status).toBe(200)
    expect(second?.headers['if-none-match']).toBeDefined()
    expect(second?.status).toBe(304)
    expect(tap.callsOf('POST /api/personalize')).toEqual([])
  })
})

describe('what the learner sets', () => {
  it('is seen at once by open lessons and by every page of the extension', async () => {
    const popup = await chromium.context.newPage()
    await popup.goto(`${chromium.origin}/popup.html`)
    await openLesson(stack.lesson('MkDocs'))
    const { origin } = new URL(page.url())
    const site = { origin, start_personalized: false, off: true, subject_background: null }
    await store('lesson_settings', { sites: [site], lessons: [] })
    await expect.poll(() => bar.count(), patient).toBe(0)
    await page.reload()
    await page.waitForTimeout(1000)
    expect(await bar.count()).toBe(0)
    await store('lesson_settings', { sites: [], lessons: [] })
    await expect.poll(() => bar.count(), patient).toBe(1)
    await popup.close()
  })

  it('is closed to what runs in pages', async () => {
    const session = await chromium.context.newCDPSession(page)
    const contexts: { id: number; origin: string }[] = []
    session.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context))
    await session.send('Runtime.enable')
    const own = contexts.find(({ origin }) => origin.startsWith('chrome-extension:'))
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: 'chrome.storage.local.get()',
      awaitPromise: true,
      ...(own === undefined ? {} : { contextId: own.id }),
    })
    await session.detach()
    expect(own).toBeDefined()
    expect([result.subtype, exceptionDetails?.exception?.description]).toEqual([
      'error',
      expect.stringContaining('Access to storage is not allowed'),
    ])
  })
})

it('a course link of the API opens the questions with the course', async () => {
  const opened = chromium.context.waitForEvent('page')
  const link = `${tap.url}/course/demo`
  await page.goto(link)
  const questions = await opened
  expect(questions.url()).toBe(`${chromium.origin}/onboarding.html?course=${encodeURIComponent(link)}`)
  await questions.close()
})

describe('an erasure', () => {
  it('is done here at once, and at an API that is away as soon as it is back', async () => {
    tap.away = true
    expect(await tell('erase-learner')).toMatchObject({ waiting: [{ host: new URL(tap.url).host }] })
    const kept = await options.evaluate(() => chrome.storage.local.get())
    const { erasures, ...rest } = kept
    expect(JSON.stringify(erasures)).toContain(learner.user_id)
    expect(JSON.stringify(rest)).not.toContain(learner.user_id)
    await endWorker()
    tap.away = false
    await options.evaluate(() => chrome.alarms.create('erase-again', { when: Date.now() + 100 }))
    await expect
      .poll(
        async () => (await options.evaluate(() => chrome.storage.local.get('erasures'))).erasures,
        patient,
      )
      .toMatchObject({ waiting: [] })
    expect(tap.callsOf('DELETE /api/user/')).toMatchObject([{ status: 200 }])
  })
})

it('a page that is older than the extension says to reload it', async () => {
  await openLesson(stack.lesson('Sphinx'))
  await options.evaluate(() => chrome.runtime.reload()).catch(() => undefined)
  await page.waitForTimeout(1000)
  await bar.click('Personalized')
  await expect.poll(() => bar.status(), patient).toMatch(/updated or switched off.*reload the page/)
})
