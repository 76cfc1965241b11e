import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userPreferences } from '../../api/src/storage/tables.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { answerQuestions } from './chromium-questions.ts'
import { type Stack, startStack } from './stack.ts'

/** What no rewrite may touch: code, formulas, tables, figures. */
const FIXED = 'pre, .katex, .MathJax, mjx-container, .math, img, svg, figure img'

const generators = ['Docusaurus', 'MkDocs', 'Sphinx', 'VitePress'] as const

let stack: Stack
let chromium: ExtendedChromium
let page: Page
let bar: LessonBar

beforeAll(async () => {
  stack = await startStack('chrome')
  chromium = await launchChromium(stack.extension)
  page = await chromium.context.newPage()
  bar = new LessonBar(page)
})
afterAll(async () => {
  await chromium?.close()
  await stack?.close()
})

/** Waits until the bar says something of the kind. */
async function until(said: RegExp): Promise<void> {
  await expect.poll(() => bar.status(), { timeout: 20_000 }).toMatch(said)
}

async function openLesson(url: string): Promise<void> {
  await page.goto(url)
  await expect.poll(() => bar.selected(), { timeout: 20_000 }).toBe('Original')
}

/** The lesson as it stands: its markup, and what markup does not say. */
function lessonState(selector: string) {
  return page.evaluate((root) => {
    const lesson = document.querySelector(root)
    const all = [...(lesson?.querySelectorAll('*') ?? [])]
    return {
      markup: lesson?.outerHTML,
      checked: all.flatMap((element) => (element instanceof HTMLInputElement ? [element.checked] : [])),
      open: all.flatMap((element) => (element instanceof HTMLDetailsElement ? [element.open] : [])),
      scroll: [window.scrollX, window.scrollY],
    }
  }, selector)
}

/** A lesson's clone beside its original: what of both is alike, and what differs. */
function compareClone() {
  return page.evaluate((fixed) => {
    const clone = document.querySelector('[data-lectern-clone]')
    const original = document.querySelector('[data-lectern-hidden]')
    const ours = '[data-lectern-addition] *, [data-lectern-fold] *'
    const inner = (root: Element | null) =>
      [...(root?.querySelectorAll(fixed) ?? [])]
        .filter((element) => !element.matches(ours))
        .map((element) => element.innerHTML)
    const words = (root: Element | null) =>
      [...(root?.querySelectorAll('p') ?? [])].map((element) => element.textContent)
    return {
      cloneFixed: inner(clone),
      originalFixed: inner(original),
      cloneWords: words(clone),
      originalWords: words(original),
      visible: [clone, original].map((root) => (root as HTMLElement | null)?.checkVisibility()),
    }
  }, FIXED)
}

describe('a learner in Chromium', () => {
  it('answers six questions on the page that opens at install', async () => {
    await answerQuestions(chromium, {
      education_level: 'undergraduate',
      programming_experience: 'beginner',
      subject_background: 'none',
      ai_ml_experience: 'none',
      learning_goals: ['building_projects'],
      preferred_language: 'en',
    })
    await expect
      .poll(() => stack.api.database.orm.select().from(userPreferences))
      .toMatchObject([
        { education_level: 'undergraduate', learning_goals: ['building_projects'], preferred_language: 'en' },
      ])
  })

  it('finds no tabs on what is no lesson', async () => {
    await page.goto(stack.textbook.url)
    await page.waitForTimeout(1500)
    expect(await bar.count()).toBe(0)
    expect(stack.model.requests).toHaveLength(0)
  })

  describe.each(generators)('on a lesson of %s', (generator) => {
    let before: Awaited<ReturnType<typeof lessonState>>
    let root: string

    it('finds two tabs, Original selected, and nothing has left the page', async () => {
      stack.model.configure({})
      await openLesson(stack.lesson(generator))
      expect(await bar.count()).toBe(1)
      root = await page.evaluate(() => {
        const lesson = document.querySelector('[data-lectern-tabs]')?.nextElementSibling
        return lesson?.id
          ? `#${lesson.id}`
          : (lesson?.className ?? '')
              .split(' ')
              .map((name) => `.${name}`)
              .join('') ||
              (lesson?.localName ?? '')
      })
      await page.evaluate((selector) => {
        const lesson = document.querySelector(selector)
        for (const details of lesson?.querySelectorAll('details') ?? []) details.open = true
        const radios = [...(lesson?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])]
        radios.at(-1)?.click()
      }, root)
      before = await lessonState(root)
      expect(before.markup).toBeDefined()
      expect(stack.model.requests).toHaveLength(0)
    })

    it("sees the lesson rewritten, with every code block, formula and figure the page's own", async () => {
      await bar.click('Personalized')
      await until(/paragraph|block/)
      await until(/rewritten/)
      const compared = await compareClone()
      expect(compared.visible).toEqual([true, false])
      expect(compared.cloneFixed.length).toBeGreaterThan(0)
      expect(compared.cloneFixed).toEqual(compared.originalFixed)
      const changed = compared.cloneWords.filter((words) => words?.startsWith('For an undergraduate: '))
      expect(changed.length).toBeGreaterThan(2)
      expect(stack.model.requests.length).toBeGreaterThan(1)
    })

    it('gets the original back as it was', async () => {
      await bar.click('Original')
      await expect.poll(() => lessonState(root)).toEqual(before)
      expect(await page.locator('[data-lectern-clone]').count()).toBe(0)
    })

    it('is served from the cache after a reload', async () => {
      const calls = stack.model.requests.length
      await openLesson(stack.lesson(generator))
      await bar.click('Personalized')
      await until(/from cache/)
      expect(stack.model.requests).toHaveLength(calls)
    })
  })

  it('gets another text for another preference, at the next look', async () => {
    await openLesson(stack.lesson('MkDocs'))
    await bar.click('Personalized')
    await until(/rewritten/)
    await bar.click('Original')
    const options = await chromium.context.newPage()
    await options.goto(`${chromium.origin}/options.html`)
    await options.locator('#education_level input[value=graduate]').check({ force: true })
    await options.getByText('Saved', { exact: true }).waitFor()
    await options.close()
    await page.bringToFront()
    await bar.click('Personalized')
    await expect
      .poll(async () =>
        (await compareClone()).cloneWords.some((words) => words?.startsWith('For a graduate student: ')),
      )
      .toBe(true)
  })

  it('reads in Urdu from right to left, with the terms in place', async () => {
    const options = await chromium.context.newPage()
    await options.goto(`${chromium.origin}/options.html`)
    await options.locator('#preferred_language input[value=ur]').check({ force: true })
    await options.getByText('Saved', { exact: true }).waitFor()
    await options.close()
    await openLesson(stack.lesson('Sphinx'))
    await bar.click('Personalized')
    await until(/rewritten/)
    const paragraph = page.locator('[data-lectern-clone] p[lang=ur]').first()
    expect(await paragraph.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    const compared = await compareClone()
    expect(compared.cloneFixed).toEqual(compared.originalFixed)
  })

  it('sees a sentence and a Retry that works when the model fails, and keeps what has arrived', async () => {
    stack.model.configure({ faults: [{ kind: 'garbage', times: 1 }] })
    await openLesson(stack.lesson('VitePress'))
    await bar.click('Personalized')
    await until(/language model answered nothing.*Retry/)
    expect(await page.locator('[data-lectern-clone] p[lang=ur]').count()).toBeGreaterThan(0)
    await bar.click('Retry')
    await until(/rewritten/)
  })

  it('has the original when the API is away, and is told so', async () => {
    stack.api.app.server.close()
    stack.api.app.server.closeAllConnections()
    await openLesson(stack.lesson('Docusaurus'))
    await bar.click('Personalized')
    await until(/does not answer.*Retry/)
    await bar.click('Original')
    expect(await page.locator('[data-lectern-hidden]').count()).toBe(0)
  })
})
