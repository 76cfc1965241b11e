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
    const stack = await startStack(build)
    // As who reads there to install Lectern, and does.
    learner = await start(stack, { before: `${stack.api.url}/course/demo` })
    const { url } = stack.textbook
    // Localhost is granted to the build; a name below it is not.
    textbook = learner.allow === undefined ? url : url.replace('localhost', 'lessons.localhost')
    await createSiteStore(learner.stack.api.database).put(demoSite(textbook.replace(/\/$/, '')))
  })
  afterAll(() => learner?.close())

  const words = () => learner.evaluate(() => document.body.textContent)

  it('who installs Lectern while its page is open is asked the six questions', async () => {
    await expect.poll(() => learner.goTo(/\/onboarding\.html\?course=/), patient).toBe(true)
    expect(await learner.goTo(/\/onboarding\.html$/)).toBe(false)
    expect(await learner.goTo(/\/course\/demo$/)).toBe(true)
    expect(await words()).toContain('Demo textbook')
    await learner.goTo(/\/onboarding\.html\?course=/)
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
