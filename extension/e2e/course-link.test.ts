import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSite } from '../../api/src/sites/demo-site.ts'
import { createSiteStore } from '../../api/src/storage/site-store.ts'
import { answerByKeys } from './answer-by-keys.ts'
import { browsersUnderTest } from './browsers-under-test.ts'
import { goByTab } from './go-by-tab.ts'
import type { Learner } from './learner.ts'
import { startStack } from './stack.ts'

const patient = { timeout: 30_000, interval: 100 }

describe.each(browsersUnderTest)('a learner with a course link, in $name', ({ build, start }) => {
  let learner: Learner
  let textbook: string

  beforeAll(async () => {
    learner = await start(await startStack(build))
    const { url } = learner.stack.textbook
    // Localhost is granted to the build; a name below it is not.
    textbook = learner.allow === undefined ? url : url.replace('localhost', 'lessons.localhost')
    await createSiteStore(learner.stack.api.database).put(demoSite(textbook.replace(/\/$/, '')))
  })
  afterAll(() => learner?.close())

  const words = () => learner.evaluate(() => document.body.textContent)

  it('opens it, and is asked the six questions', async () => {
    const openLink = async () => {
      await learner.open(`${learner.stack.api.url}/course/demo`)
      expect(await words()).toContain('Demo textbook')
      await delay(1000)
      return learner.goTo(/\/onboarding\.html\?course=/)
    }
    // Again where the extension had not yet started.
    await expect.poll(openLink, patient).toBe(true)
    await answerByKeys(learner)
  })

  it('finds the course of the link', async () => {
    await goByTab(learner, /^Find the course$/)
    await learner.press('Enter')
    await expect.poll(words, patient).toContain('Your course is Demo textbook.')
  })

  it('allows its textbook', async () => {
    if (learner.allow !== undefined) {
      await goByTab(learner, /^Allow .*Demo textbook/)
      await learner.press('Enter')
      expect(await learner.allow()).toContain('lessons.localhost')
    }
    await goByTab(learner, /^Open .*Demo textbook/)
    await learner.press('Enter')
    await expect.poll(() => learner.goTo(new RegExp(`^${textbook}$`)), patient).toBe(true)
  })

  it('finds the tabs above its lessons', async () => {
    await goByTab(learner, /Using packages/)
    await learner.press('Enter')
    await expect.poll(() => learner.goTo(/packages/), patient).toBe(true)
    await expect.poll(() => learner.bars(), patient).toBe(1)
    expect(await learner.selected()).toBe('Original')
    expect(learner.stack.model.requests).toEqual([])
  })

  it('meets no error', async () => {
    expect(await learner.problems()).toEqual([])
  })
})
