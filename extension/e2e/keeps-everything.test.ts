import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyAnswers } from './any-answers.ts'
import { ApiTap } from './api-tap.ts'
import { browsersUnderTest } from './browsers-under-test.ts'
import type { Learner } from './learner.ts'
import { startStack } from './stack.ts'

const known = {
  user_id: 'c0ffee00-0000-4000-8000-000000000001',
  preferences: anyAnswers,
  synced: 'none',
  known_at: [],
}
const patient = { timeout: 30_000, interval: 100 }

describe.each(browsersUnderTest)('what a learner relies on, in $name', ({ build, start }) => {
  let learner: Learner
  let tap: ApiTap

  beforeAll(async () => {
    const stack = await startStack(build)
    tap = await ApiTap.open(stack.api.url)
    learner = await start(stack)
    await store('learner', known, 2)
    await store('settings', { api_url: tap.url, sites_at_api_host: false }, 1)
  })
  afterAll(async () => {
    await learner?.close()
    await tap?.close()
  })

  /** Stores a value under the lock that all contexts of the extension share. */
  const store = (key: string, value: object, version: number) =>
    learner.inExtension(
      (name, kept, v) =>
        navigator.locks.request(`storage:${name}`, () =>
          chrome.storage.local.set({ [name]: kept, [`${name}$`]: { v } }),
        ),
      key,
      value,
      version,
    )

  async function openLesson(generator: 'MkDocs' | 'Sphinx'): Promise<void> {
    await learner.open(learner.stack.lesson(generator))
    await expect.poll(() => learner.bars(), patient).toBe(1)
    await expect.poll(() => learner.selected(), patient).toBe('Original')
  }

  const rewritten = () =>
    learner.evaluate(
      () =>
        [...document.querySelectorAll('[data-lectern-clone] p')].filter(({ textContent }) =>
          /^For an? /.test(textContent),
        ).length,
    )
  const isReady = () => expect.poll(() => learner.status(), patient).toMatch(/rewritten/)
  const hashCalls = () => tap.callsOf('GET /api/rewrites')

  describe('whose browser ends the background at any moment', () => {
    it('is the rewrite, whole, with what had arrived in its place all the time', async () => {
      const { model } = learner.stack
      model.configure({ ttft_ms: 500, tokens_per_second: 30 })
      await openLesson('MkDocs')
      await learner.clickInBar('Personalized')
      await expect.poll(rewritten, patient).toBeGreaterThan(0)
      const before = await rewritten()
      await learner.endBackground()
      const least: number[] = []
      await expect
        .poll(
          async () => {
            least.push(await rewritten())
            return learner.status()
          },
          { timeout: 60_000, interval: 100 },
        )
        .toMatch(/rewritten/)
      expect(Math.min(...least)).toBeGreaterThanOrEqual(before)
      expect(await rewritten()).toBeGreaterThan(before)
      // Asked again by hash: what was being made went on being made, once.
      expect(new Set(model.requests).size).toBe(model.requests.length)
      expect(hashCalls().length).toBeGreaterThan(1)
    })
  })

  describe('without a network', () => {
    it('is what was personalized on this machine, and nothing of it is sent', async () => {
      tap.away = true
      tap.calls.length = 0
      learner.stack.model.configure({})
      await openLesson('MkDocs')
      await learner.clickInBar('Personalized')
      await isReady()
      expect(await rewritten()).toBeGreaterThan(2)
      expect([tap.calls, learner.stack.model.requests]).toEqual([[], []])
    })

    it('is checked by hash and entity tag once there is one again', async () => {
      tap.away = false
      for (let look = 0; look < 2; look++) {
        await openLesson('MkDocs')
        await learner.clickInBar('Personalized')
        await isReady()
        await expect.poll(() => hashCalls()[look]?.status, patient).toBeDefined()
        expect(hashCalls()).toHaveLength(look + 1)
      }
      const [first, second] = hashCalls()
      expect(first?.status).toBe(200)
      expect(second?.headers['if-none-match']).toBeDefined()
      expect(second?.status).toBe(304)
      expect(tap.callsOf('POST /api/personalize')).toEqual([])
    })
  })

  it('is what was set, in open lessons and in those that are opened', async () => {
    // One of its own pages looks on.
    await learner.open(await learner.ownPage('popup.html'))
    await openLesson('MkDocs')
    const { origin } = new URL(learner.stack.lesson('MkDocs'))
    const site = { origin, start_personalized: false, off: true, subject_background: null }
    await store('lesson_settings', { sites: [site], lessons: [] }, 1)
    await expect.poll(() => learner.bars(), patient).toBe(0)
    await learner.open(learner.stack.lesson('MkDocs'))
    await delay(1000)
    expect(await learner.bars()).toBe(0)
    await store('lesson_settings', { sites: [], lessons: [] }, 1)
    await expect.poll(() => learner.bars(), patient).toBe(1)
  })

  // Firefox has no such setting.
  it.runIf(build === 'chrome')('is closed to what runs in pages', async () => {
    expect(await learner.inContentScript?.('chrome.storage.local.get()')).toContain(
      'Access to storage is not allowed',
    )
  })

  it('is a course link of the API, which opens the questions with the course', async () => {
    const link = `${tap.url}/course/demo`
    await learner.open(link)
    const questions = new RegExp(`/onboarding\\.html\\?course=${encodeURIComponent(link)}$`)
    await expect.poll(() => learner.goTo(questions), patient).toBe(true)
  })

  it('is an erasure, done here at once, and at an API that is away as soon as it is back', async () => {
    tap.away = true
    const { answer } = await learner.inExtension(() =>
      chrome.runtime.sendMessage({ type: 'erase-learner', body: null }),
    )
    expect(answer).toMatchObject({ waiting: [{ host: new URL(tap.url).host }] })
    const kept = () => learner.inExtension(() => chrome.storage.local.get())
    const { erasures, ...rest } = await kept()
    expect(JSON.stringify(erasures)).toContain(known.user_id)
    expect(JSON.stringify(rest)).not.toContain(known.user_id)
    await learner.endBackground()
    tap.away = false
    await learner.inExtension(() => chrome.alarms.create('erase-again', { when: Date.now() + 100 }))
    await expect.poll(async () => (await kept()).erasures, patient).toMatchObject({ waiting: [] })
    expect(tap.callsOf('DELETE /api/user/')).toMatchObject([{ status: 200 }])
  })

  /** A lesson that was opened before an update. */
  async function openBeforeUpdate(): Promise<void> {
    await openLesson('Sphinx')
    await learner.evaluate(() => document.querySelector('[data-lectern-tabs]')?.setAttribute('data-old', ''))
    await learner.reloadExtension()
  }

  it.runIf(build === 'chrome')(
    'is a sentence on a page that is older than the extension: reload it',
    async () => {
      await openBeforeUpdate()
      await expect
        .poll(async () => {
          await learner.clickInBar('Original')
          await learner.clickInBar('Personalized')
          return learner.status()
        }, patient)
        .toMatch(/updated or switched off.*reload the page/)
    },
  )

  it.runIf(build === 'firefox')('are the tabs of the new version on such a page, and one bar', async () => {
    await openBeforeUpdate()
    const bars = () =>
      learner.evaluate(() =>
        [...document.querySelectorAll('[data-lectern-tabs]')].map((one) => one.hasAttribute('data-old')),
      )
    await expect.poll(bars, patient).toEqual([false])
    await learner.clickInBar('Personalized')
    // The learner was erased before.
    await expect.poll(() => learner.status(), patient).toMatch(/whom to rewrite/)
  })
})
