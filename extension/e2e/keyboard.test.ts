import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerByKeys } from './answer-by-keys.ts'
import { browsersUnderTest } from './browsers-under-test.ts'
import { goByTab } from './go-by-tab.ts'
import type { Learner } from './learner.ts'
import { startStack } from './stack.ts'

const patient = { timeout: 30_000, interval: 100 }

describe.each(browsersUnderTest)('by keyboard alone, in $name', ({ build, start }) => {
  let learner: Learner

  beforeAll(async () => {
    learner = await start(await startStack(build, { samples: true }))
  })
  afterAll(() => learner?.close())

  const press = async (...keys: string[]) => {
    for (const key of keys) await learner.press(key)
  }
  const says = (said: RegExp) => expect.poll(() => learner.status(), patient).toMatch(said)
  const words = () => learner.evaluate(() => document.body.textContent)
  const count = (selector: string) =>
    learner.evaluate((wanted) => document.querySelectorAll(wanted).length, selector)

  const goTo = (label: RegExp, key?: 'Tab' | 'Shift+Tab') => goByTab(learner, label, key)

  /** Opens the menu, and goes down to an item. */
  async function choose(label: RegExp): Promise<void> {
    await goTo(/^Lesson menu$/, 'Shift+Tab')
    await press('Enter')
    for (let items = 0; !label.test((await learner.focus())?.label ?? ''); items++) {
      expect(items).toBeLessThan(10)
      await press('ArrowDown')
    }
    expect(await learner.focus()).toMatchObject({ isShown: true })
    await press('Enter')
  }

  it('answers the six questions and agrees', async () => {
    await expect.poll(() => learner.goTo(/\/onboarding\.html/), patient).toBe(true)
    await answerByKeys(learner)
  })

  it('opens the textbook, and a lesson in it', async () => {
    await expect.poll(words, patient).toContain('Demo textbook')
    await goTo(/^Open .*Demo textbook/)
    await press('Enter')
    await expect.poll(() => learner.goTo(/^http:\/\/localhost/), patient).toBe(true)
    await goTo(/Using packages/)
    await press('Enter')
    await expect.poll(() => learner.goTo(new RegExp(learner.stack.lesson('VitePress'))), patient).toBe(true)
    await expect.poll(() => learner.bars(), patient).toBe(1)
  })

  it('moves between the tabs, and looks at Personalized only when it is told to', async () => {
    await goTo(/^Original$/)
    await press('ArrowRight')
    expect(await learner.focus()).toMatchObject({ label: 'Personalized', isOn: false, isShown: true })
    expect(await learner.selected()).toBe('Original')
    await press('Enter')
    await says(/Sample/)
    expect(await learner.selected()).toBe('Personalized')
  })

  it('reads a block in its author’s words, and goes back', async () => {
    await goTo(/^Author’s words of block 1 /)
    await press('ArrowDown')
    expect((await learner.focus())?.label).toMatch(/^Author’s words of block 2 /)
    await press('Enter')
    expect(await learner.focus()).toMatchObject({ isOn: true, isShown: true })
    expect(await count('[data-lectern-flipped]')).toBe(1)
    await press('Enter')
    expect(await count('[data-lectern-flipped]')).toBe(0)
  })

  it('opens the answer to a question', async () => {
    await goTo(/^Show the answer$/)
    await press('Enter')
    expect(await count('[data-lectern-addition] details[open]')).toBe(1)
  })

  it('reports a problem', async () => {
    await choose(/^Report a problem/)
    expect(await learner.focus()).toMatchObject({ element: 'input', isOn: true, isShown: true })
    await press('ArrowDown')
    expect(await learner.focus()).toMatchObject({ label: 'Something is missing', isOn: true })
    await goTo(/^Send$/)
    await press('Enter')
    await expect.poll(async () => (await learner.focus())?.label, patient).toBe('Lesson menu')
  })

  it('asks for a deeper version and, where that fails, again', async () => {
    const { model } = learner.stack
    model.configure({ faults: [{ kind: 'status_500', times: 1000 }] })
    await choose(/^Deeper$/)
    await says(/Retry/)
    model.configure({})
    await goTo(/^Retry$/)
    await press('Enter')
    await says(/rewritten.*stand-in/)
    await choose(/^As usual$/)
    await says(/Sample/)
  })

  it('goes back to the original', async () => {
    await goTo(/^Personalized$/, 'Shift+Tab')
    await press('ArrowLeft', 'Enter')
    expect(await learner.selected()).toBe('Original')
    expect(await count('[data-lectern-clone], [data-lectern-hidden]')).toBe(0)
  })

  it('sees what was sent, changes an answer beside it, and reads the lesson made for that', async () => {
    await press('ArrowRight', 'Enter')
    await says(/Sample/)
    await goTo(/^Details$/)
    await press('Enter')
    await goTo(/^See what was sent/)
    await press('Enter')
    await expect.poll(() => learner.goTo(/\/options\.html/), patient).toBe(true)
    await expect.poll(words, patient).toContain('A lesson’s fingerprint')
    await goTo(/^Nothing yet/, 'Shift+Tab')
    await press('4')
    await expect.poll(words, patient).toContain('Saved')
    expect(await learner.goTo(/^http:\/\/localhost/)).toBe(true)
    await goTo(/^Personalized$/, 'Shift+Tab')
    await press('ArrowLeft', 'Enter', 'ArrowRight', 'Enter')
    await expect.poll(() => count('[data-lectern-fold]'), patient).toBeGreaterThan(0)
  })

  it('opens a folded paragraph', async () => {
    const line = await learner.evaluate(
      () => document.querySelector('[data-lectern-fold] button')?.textContent.slice(0, 30) ?? '',
    )
    await goTo(new RegExp(`^${line.replace(/\W/g, '.')}`))
    await press('Enter')
    expect(await learner.focus()).toMatchObject({ isOn: true, isShown: true })
    expect(await learner.focus()).toMatchObject({ label: expect.stringMatching(/^You know this/) })
  })

  it('meets no error', async () => {
    expect(await learner.problems()).toEqual([])
  })
})
