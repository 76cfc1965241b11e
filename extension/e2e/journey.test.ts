import { setTimeout as delay } from 'node:timers/promises'
import type { Preferences } from '@lectern/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userPreferences } from '../../api/src/storage/tables.ts'
import { browsersUnderTest } from './browsers-under-test.ts'
import type { Learner } from './learner.ts'
import { startStack } from './stack.ts'

const answers: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'basic',
  ai_ml_experience: 'none',
  learning_goals: ['hobby', 'building_projects'],
  preferred_language: 'en',
}
const generators = ['Docusaurus', 'MkDocs', 'Sphinx', 'VitePress'] as const

declare global {
  interface Window {
    /** What the clone said when it was put into the page. */
    firstClone: string | null
  }
}

const patient = { timeout: 30_000, interval: 200 }

describe.each(browsersUnderTest)('a learner in $name', ({ build, start }) => {
  let learner: Learner

  beforeAll(async () => {
    learner = await start(await startStack(build))
  })
  afterAll(() => learner?.close())

  const words = () => learner.evaluate(() => document.body.textContent)
  const says = (said: RegExp) => expect.poll(() => learner.status(), patient).toMatch(said)
  const count = (selector: string) =>
    learner.evaluate((wanted) => document.querySelectorAll(wanted).length, selector)

  async function openLesson(url: string): Promise<void> {
    await learner.open(url)
    await expect.poll(() => learner.bars(), patient).toBe(1)
    await expect.poll(() => learner.selected(), patient).toBe('Original')
  }

  async function changeAnswer(field: string, value: string): Promise<void> {
    await learner.open(await learner.ownPage('options.html'))
    await expect.poll(words, patient).toContain('Erase everything')
    await learner.click(`#${field} label:has([value=${value}])`)
    await expect.poll(words, patient).toContain('Saved')
  }

  it('answers six questions on the page that opens at install', async () => {
    await learner.answer(answers)
    await expect
      .poll(() => learner.stack.api.database.orm.select().from(userPreferences), patient)
      .toMatchObject([answers])
  })

  it('finds no tabs on what is no lesson', async () => {
    await learner.open(learner.stack.textbook.url)
    await delay(1500)
    expect(await learner.bars()).toBe(0)
    expect(learner.stack.model.requests).toHaveLength(0)
  })

  describe.each(generators)('on a lesson of %s', (generator) => {
    let before: ReturnType<typeof stateOfLesson>

    it('finds two tabs, Original selected, and nothing has left the page', async () => {
      learner.stack.model.configure({})
      await openLesson(learner.stack.lesson(generator))
      await learner.evaluate(() => {
        const lesson = document.querySelector('[data-lectern-tabs] + *')
        for (const details of lesson?.querySelectorAll('details') ?? []) details.open = true
        ;[...(lesson?.querySelectorAll<HTMLElement>('[type=radio]') ?? [])].at(-1)?.click()
      })
      before = await learner.evaluate(stateOfLesson)
      expect(before.markup).toBeDefined()
      expect(learner.stack.model.requests).toHaveLength(0)
    })

    it('sees the clone at once', async () => {
      await learner.evaluate(noteFirstClone)
      await learner.clickInBar('Personalized')
      await expect.poll(() => learner.evaluate(() => window.firstClone !== undefined), patient).toBe(true)
      const texts = await learner.evaluate(() => ({
        clone: window.firstClone,
        original: document.querySelector('[data-lectern-hidden]')?.textContent,
      }))
      expect(texts.clone).toBe(texts.original)
    })

    it('sees the prose rewritten, and all code, formulas, tables and figures the page’s own', async () => {
      await says(/paragraphs rewritten.*made just now by stand-in/)
      const { clone, original } = await learner.evaluate(readBoth)
      expect(original.fixed.length).toBeGreaterThan(0)
      expect(clone.fixed).toEqual(original.fixed)
      expect(clone.tables).toEqual(original.tables)
      const changed = clone.paragraphs.filter((text) => text.startsWith('For an undergraduate: '))
      expect(changed.length).toBeGreaterThan(2)
      expect([clone.visible, original.visible]).toEqual([true, false])
      expect(learner.stack.model.requests.length).toBeGreaterThan(1)
    })

    it('gets the original back as it was', async () => {
      await learner.clickInBar('Original')
      await expect.poll(() => learner.evaluate(stateOfLesson), patient).toEqual(before)
      expect(await count('[data-lectern-clone]')).toBe(0)
    })

    it('is served from the cache the next time', async () => {
      const calls = learner.stack.model.requests.length
      await openLesson(learner.stack.lesson(generator))
      await learner.clickInBar('Personalized')
      await says(/from cache/)
      expect(learner.stack.model.requests).toHaveLength(calls)
      // Else this tab, which counts as seen in Chromium, asks anew when an answer changes.
      await learner.clickInBar('Original')
    })
  })

  it('gets another text for another preference, at the next look', async () => {
    const lesson = `${learner.stack.lesson('MkDocs')}#another-preference`
    await openLesson(lesson)
    await learner.clickInBar('Personalized')
    await says(/rewritten/)
    await learner.clickInBar('Original')
    await changeAnswer('education_level', 'graduate')
    expect(await learner.goTo(/#another-preference$/)).toBe(true)
    await learner.clickInBar('Personalized')
    const paragraphs = async () => (await learner.evaluate(readBoth)).clone.paragraphs
    await expect
      .poll(
        async () => (await paragraphs()).some((text) => text.startsWith('For a graduate student: ')),
        patient,
      )
      .toBe(true)
  })

  it('reads in Urdu from right to left, with the terms in place', async () => {
    await changeAnswer('preferred_language', 'ur')
    await openLesson(learner.stack.lesson('Sphinx'))
    await learner.clickInBar('Personalized')
    await says(/rewritten/)
    const look = () => {
      const paragraph = document.querySelector('[data-lectern-clone] p[lang=ur]') as Element
      const { direction, fontFamily } = getComputedStyle(paragraph)
      return `${direction} ${fontFamily.replaceAll('"', '')}`
    }
    // Its letters are those of a font that has them, the rest those of the page's own.
    expect(await learner.evaluate(look)).toMatch(/^rtl Lectern Urdu, \w/)
    const { clone, original } = await learner.evaluate(readBoth)
    expect(clone.fixed).toEqual(original.fixed)
  })

  it('sees a sentence and a Retry that works when the model fails, and keeps what has arrived', async () => {
    learner.stack.model.configure({ faults: [{ kind: 'garbage', times: 1 }] })
    await openLesson(learner.stack.lesson('VitePress'))
    await learner.clickInBar('Personalized')
    await says(/language model answered nothing.*Retry/)
    expect(await count('[data-lectern-clone] p[lang=ur]')).toBeGreaterThan(0)
    await learner.clickInBar('Retry')
    await says(/rewritten/)
  })

  it('finds the answers in the options', async () => {
    await learner.popup.open()
    await expect.poll(() => learner.popup.text(), patient).toContain('This page is a lesson')
    await learner.popup.click('Options')
    await expect.poll(() => learner.goTo(/-extension:.*\/options\.html$/), patient).toBe(true)
    const chosen = () =>
      learner.evaluate(() =>
        [...document.querySelectorAll<HTMLInputElement>('fieldset :checked')]
          .map(({ value }) => value)
          .sort(),
      )
    const now = { ...answers, education_level: 'graduate', preferred_language: 'ur' }
    await expect.poll(chosen, patient).toEqual(Object.values(now).flat().sort())
  })

  // Without a window Chromium's prompt stays pending.
  describe.runIf(build === 'firefox')('with the browser’s own permissions', () => {
    it('allows another site in the popup, and finds the tabs there', async () => {
      const url = new URL(learner.stack.lesson('Sphinx'))
      url.hostname = 'lessons.localhost'
      await learner.open(url.href)
      await learner.popup.open()
      await expect.poll(() => learner.popup.text(), patient).toContain('Lectern is not allowed here')
      expect(await learner.bars()).toBe(0)
      await learner.popup.click('Use Lectern on this site')
      expect(await learner.allow?.()).toContain('lessons.localhost')
      await expect.poll(() => learner.popup.text(), patient).toContain('This page is a lesson')
      await expect.poll(() => learner.selected(), patient).toBe('Original')
    })

    it('finds the site in the options', async () => {
      await learner.open(await learner.ownPage('options.html#sites'))
      await expect.poll(words, patient).toContain('lessons.localhost')
    })

    it('takes it back, and its open lesson loses the tabs without a reload', async () => {
      await learner.inExtension(() => chrome.permissions.remove({ origins: ['http://lessons.localhost/*'] }))
      expect(await learner.goTo(/lessons\.localhost/)).toBe(true)
      await expect.poll(() => learner.bars(), patient).toBe(0)
    })
  })

  it('has the original when the API is away, and is told so', async () => {
    learner.stack.api.app.server.close()
    learner.stack.api.app.server.closeAllConnections()
    await openLesson(learner.stack.lesson('Docusaurus'))
    await learner.clickInBar('Personalized')
    await says(/does not answer.*Retry/)
    await learner.clickInBar('Original')
    expect(await count('[data-lectern-hidden]')).toBe(0)
  })

  it.runIf(build === 'firefox')('meets no error of the extension', async () => {
    expect(await learner.problems()).toEqual([])
  })
})

/** The lesson as it stands: its markup, and what markup does not say. */
function stateOfLesson() {
  const lesson = document.querySelector('[data-lectern-tabs] + *')
  return {
    markup: lesson?.outerHTML,
    checked: [...(lesson?.querySelectorAll('input') ?? [])].map((input) => input.checked),
    open: [...(lesson?.querySelectorAll('details') ?? [])].map((details) => details.open),
    scroll: [window.scrollX, window.scrollY],
  }
}

function noteFirstClone(): void {
  new MutationObserver((changes, observer) => {
    const added = changes.flatMap((change) => [...change.addedNodes])
    const clone = added.find((node) => node instanceof Element && node.hasAttribute('data-lectern-clone'))
    if (clone === undefined) return
    observer.disconnect()
    window.firstClone = clone.textContent
  }).observe(document, { childList: true, subtree: true })
}

/** What must be alike in a lesson's clone and its original, and what must not. */
function readBoth() {
  const fixed = 'pre, .katex, .MathJax, .math, math, mjx-container, img, svg'
  const read = (root: Element | null) => ({
    fixed: [...(root?.querySelectorAll(fixed) ?? [])]
      .filter((element) => element.closest('[data-lectern-addition], [data-lectern-fold]') === null)
      .map((element) => element.innerHTML || element.outerHTML),
    // Whose words a translation rewrites, too.
    tables: [...(root?.querySelectorAll('table') ?? [])].map((table) => table.outerHTML),
    paragraphs: [...(root?.querySelectorAll('p') ?? [])].map((element) => element.textContent),
    visible: root?.checkVisibility(),
  })
  return {
    original: read(document.querySelector('[data-lectern-hidden]')),
    clone: read(document.querySelector('[data-lectern-clone]')),
  }
}
