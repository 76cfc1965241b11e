import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyAnswers } from './any-answers.ts'
import { ApiTap } from './api-tap.ts'
import { ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { type Stack, startStack } from './stack.ts'

const learner = {
  user_id: 'c0ffee00-0000-4000-8000-000000000002',
  preferences: anyAnswers,
  synced: 'none',
  known_at: [],
}
/** For a machine that has other things to do, too. */
const patient = { timeout: 30_000, interval: 200 }

/** What an extension's page sees. */
declare const browser: {
  storage: { local: { set(values: object): Promise<void>; get(): Promise<Record<string, unknown>> } }
  runtime: { sendMessage(message: object): Promise<{ answer: unknown }> }
  alarms: { create(name: string, info: { when: number }): Promise<void> }
}
/** What a script in the browser's own window sees. */
declare const WebExtensionPolicy: {
  getByID(id: string): {
    mozExtensionHostname: string
    extension: { terminateBackground(options: object): Promise<void>; backgroundState: string }
  }
}
type AddonManager = { getAddonByID(id: string): Promise<{ reload(): Promise<void> }> }
declare const ChromeUtils: { importESModule(url: string): { AddonManager: AddonManager } }

let stack: Stack
let tap: ApiTap
let firefox: ExtendedFirefox
let bar: FirefoxLessonBar
let options: string

beforeAll(async () => {
  stack = await startStack('firefox')
  tap = await ApiTap.open(stack.api.url)
  firefox = await ExtendedFirefox.launch(stack.extension)
  bar = new FirefoxLessonBar(firefox)
  const host = await inBrowser(() => WebExtensionPolicy.getByID('lectern@extension').mozExtensionHostname)
  options = `moz-extension://${host}/options.html`
  await firefox.open(options)
  await store('learner', learner, 2)
  await store('settings', { api_url: tap.url, sites_at_api_host: false }, 1)
})
afterAll(async () => {
  await firefox?.close()
  await tap?.close()
  await stack?.close()
})

const inBrowser = <R>(work: () => R) => firefox.inBrowser(() => firefox.evaluate(work))

/** Stores a value under the lock that all contexts of the extension share; from a page of the extension. */
function store(key: string, value: object, version: number) {
  return firefox.evaluate(
    (name, kept, v) =>
      navigator.locks.request(`storage:${name}`, () =>
        browser.storage.local.set({ [name]: kept, [`${name}$`]: { v } }),
      ),
    key,
    value,
    version,
  )
}

async function openLesson(generator: 'MkDocs' | 'Sphinx'): Promise<void> {
  await firefox.open(stack.lesson(generator))
  await expect.poll(() => bar.selected(), patient).toBe('Original')
}

const rewritten = () =>
  firefox.evaluate(
    () =>
      [...document.querySelectorAll('[data-lectern-clone] p')].filter((paragraph) =>
        /^For an? /.test(paragraph.textContent),
      ).length,
  )

const endBackground = () =>
  inBrowser(() =>
    WebExtensionPolicy.getByID('lectern@extension').extension.terminateBackground({
      ignoreDevToolsAttached: true,
    }),
  )

describe('a learner whose browser ends the background at any moment', () => {
  it('finds the rewrite whole, with what had arrived in its place all the time', async () => {
    stack.model.configure({ ttft_ms: 500, tokens_per_second: 30 })
    await openLesson('MkDocs')
    await bar.select('personalized')
    await expect.poll(rewritten, patient).toBeGreaterThan(0)
    const before = await rewritten()
    await endBackground()
    const least: number[] = []
    await expect
      .poll(async () => {
        least.push(await rewritten())
        return bar.status()
      }, patient)
      .toMatch(/rewritten/)
    expect(Math.min(...least)).toBeGreaterThanOrEqual(before)
    expect(await rewritten()).toBeGreaterThan(before)
    expect(tap.callsOf('GET /api/rewrites').length).toBeGreaterThan(1)
    expect(new Set(stack.model.requests).size).toBe(stack.model.requests.length)
  })
})

it('a learner without a network opens what was personalized on this machine', async () => {
  tap.away = true
  tap.calls.length = 0
  stack.model.configure({})
  await openLesson('MkDocs')
  await bar.select('personalized')
  await expect.poll(() => bar.status(), patient).toMatch(/rewritten/)
  expect(await rewritten()).toBeGreaterThan(2)
  expect([tap.calls, stack.model.requests]).toEqual([[], []])
  tap.away = false
})

it('an erasure is done here at once, and at an API that is away as soon as it is back', async () => {
  await firefox.open(options)
  tap.away = true
  const erased = await firefox.evaluate(() =>
    browser.runtime.sendMessage({ type: 'erase-learner', body: null }),
  )
  expect(erased.answer).toMatchObject({ waiting: [{ host: new URL(tap.url).host }] })
  const { erasures, ...rest } = await firefox.evaluate(() => browser.storage.local.get())
  expect(JSON.stringify(erasures)).toContain(learner.user_id)
  expect(JSON.stringify(rest)).not.toContain(learner.user_id)
  await endBackground()
  tap.away = false
  await firefox.evaluate(() => browser.alarms.create('erase-again', { when: Date.now() + 100 }))
  await expect
    .poll(async () => (await firefox.evaluate(() => browser.storage.local.get())).erasures, patient)
    .toMatchObject({ waiting: [] })
  expect(tap.callsOf('DELETE /api/user/')).toMatchObject([{ status: 200 }])
})

it('a page that is older than the extension gets the tabs of the new one, and one bar', async () => {
  await openLesson('Sphinx')
  await firefox.evaluate(() => document.querySelector('[data-lectern-tabs]')?.setAttribute('data-old', ''))
  await inBrowser(async () => {
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs')
    await (await AddonManager.getAddonByID('lectern@extension')).reload()
  })
  const bars = () =>
    firefox.evaluate(() =>
      [...document.querySelectorAll('[data-lectern-tabs]')].map((one) => one.hasAttribute('data-old')),
    )
  await expect.poll(bars, patient).toEqual([false])
  await bar.select('personalized')
  // The learner was erased before.
  await expect.poll(() => bar.status(), patient).toMatch(/whom to rewrite/)
})
