import type { Preferences } from '@lectern/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userPreferences } from '../../api/src/storage/tables.ts'
import { type ElementReference, ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { FirefoxPopup } from './firefox-popup.ts'
import { answerQuestions } from './firefox-questions.ts'
import { type Stack, startStack } from './stack.ts'

const answers: Preferences = {
  education_level: 'high_school',
  programming_experience: 'beginner',
  subject_background: 'basic',
  ai_ml_experience: 'none',
  learning_goals: ['hobby', 'building_projects'],
  preferred_language: 'en',
}

declare global {
  interface Window {
    /** What the clone said when it was put into the page. */
    firstClone: string | null
  }
}

/** What a page of the extension sees. */
declare const browser: { permissions: { remove(permissions: { origins: string[] }): Promise<boolean> } }

/** For a machine that has other things to do, too. */
const patient = { timeout: 30_000, interval: 200 }

let stack: Stack
let firefox: ExtendedFirefox
let bar: FirefoxLessonBar
let popup: FirefoxPopup

beforeAll(async () => {
  stack = await startStack('firefox')
  firefox = await ExtendedFirefox.launch(stack.extension)
  bar = new FirefoxLessonBar(firefox)
  popup = new FirefoxPopup(firefox)
})
afterAll(async () => {
  await firefox?.close()
  await stack?.close()
})

const words = () => firefox.evaluate(() => document.body.textContent)

/** A lesson as it stands: its markup, and what no markup says. */
function stateOf(lesson: ElementReference) {
  return firefox.evaluateOn(lesson, (root: Element) => ({
    markup: root.outerHTML,
    checked: [...root.querySelectorAll('input')].map((input) => input.checked),
    open: [...root.querySelectorAll('details')].map((details) => details.open),
  }))
}

describe('a learner in Firefox', () => {
  it('answers six questions on the page that opens at install', async () => {
    await answerQuestions(firefox, answers)
    expect(await stack.api.database.orm.select().from(userPreferences)).toMatchObject([answers])
  })

  describe.each(['Docusaurus', 'MkDocs', 'Sphinx', 'VitePress'] as const)(
    'on a lesson of %s',
    (generator) => {
      let lesson: ElementReference
      let before: Awaited<ReturnType<typeof stateOf>>

      it('finds two tabs, Original selected, and nothing has left the page', async () => {
        stack.model.configure({})
        await firefox.open(stack.lesson(generator))
        await expect.poll(() => bar.selected(), patient).toBe('Original')
        expect(await bar.count()).toBe(1)
        lesson = await firefox.find('[data-lectern-tabs] + *')
        await firefox.evaluateOn(lesson, (root: Element) => {
          for (const details of root.querySelectorAll('details')) details.open = true
          ;[...root.querySelectorAll<HTMLElement>('[type=radio]')].at(-1)?.click()
        })
        before = await stateOf(lesson)
        expect(stack.model.requests).toHaveLength(0)
      })

      it('sees the clone at once', async () => {
        await firefox.evaluate(noteFirstClone)
        await bar.select('personalized')
        const texts = await firefox.evaluateOn(lesson, (root: Element) => ({
          clone: window.firstClone,
          original: root.textContent,
        }))
        expect(texts.clone).toBe(texts.original)
      })

      it('sees the prose rewritten, and all code, formulas, tables and figures the page’s own', async () => {
        await expect
          .poll(() => bar.status(), patient)
          .toMatch(/paragraphs rewritten.*made just now by stand-in/)
        const compared = await firefox.evaluateOn(lesson, compareWithClone)
        expect(compared.clone.fixed).toEqual(compared.original.fixed)
        expect(compared.original.fixed.length).toBeGreaterThan(0)
        const changed = compared.clone.paragraphs.filter(
          (text) => !compared.original.paragraphs.includes(text),
        )
        expect(changed.length).toBeGreaterThan(2)
        expect(compared.clone.visible).toBe(true)
        expect(compared.original.visible).toBe(false)
      })

      it('gets the original back as it was', async () => {
        await bar.select('original')
        expect(await stateOf(lesson)).toEqual(before)
        expect(await firefox.evaluate(() => document.querySelectorAll('[data-lectern-clone]').length)).toBe(0)
      })
    },
  )

  it('allows another site in the popup, and finds the tabs there', async () => {
    const url = new URL(stack.lesson('Sphinx'))
    url.hostname = 'lessons.localhost'
    await firefox.open(url.href)
    await popup.open()
    await expect.poll(() => popup.text(), patient).toContain('Lectern is not allowed here')
    expect(await bar.count()).toBe(0)
    await popup.click('Use Lectern on this site')
    expect(await popup.allow()).toContain('lessons.localhost')
    await expect.poll(() => popup.text(), patient).toContain('This page is a lesson')
    await expect.poll(() => bar.selected(), patient).toBe('Original')
  })

  it('finds the answers and the sites in the options', async () => {
    await popup.click('Options')
    await expect.poll(() => firefox.goTo(/^moz-extension:.*\/options\.html$/), patient).toBe(true)
    await expect.poll(words, patient).toContain('lessons.localhost')
    const chosen = await firefox.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>('fieldset :checked')].map(({ value }) => value),
    )
    expect(chosen.sort()).toEqual(Object.values(answers).flat().sort())
  })

  it('takes the site back, and its open lesson loses the tabs without a reload', async () => {
    await firefox.evaluate(() => browser.permissions.remove({ origins: ['http://lessons.localhost/*'] }))
    expect(await firefox.goTo(/lessons\.localhost/)).toBe(true)
    await expect.poll(() => bar.count(), patient).toBe(0)
  })

  it('met no error of the extension', async () => {
    expect(await firefox.errors()).toEqual([])
  })
})

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
function compareWithClone(lesson: Element) {
  const read = (root: Element | null) => ({
    fixed: [...(root?.querySelectorAll('pre, .katex, .math, math, mjx-container, table, img') ?? [])]
      .filter((element) => element.closest('[data-lectern-addition]') === null)
      .map((element) => element.outerHTML),
    paragraphs: [...(root?.querySelectorAll('p') ?? [])].map((element) => element.textContent),
    visible: root?.checkVisibility(),
  })
  return { original: read(lesson), clone: read(document.querySelector('[data-lectern-clone]')) }
}
