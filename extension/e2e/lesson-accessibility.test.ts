import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lessonFindings } from './axe-findings.ts'
import { pageOfDepth } from './bench/bench-pages.ts'
import { LessonBar } from './chromium.ts'
import { answerQuestions } from './chromium-questions.ts'
import { beginner, cutOff, expert, LessonAudit, pageWidth, type View } from './lesson-audit.ts'

const patient = { timeout: 30_000 }
const generators = ['Docusaurus', 'Sphinx', 'MkDocs', 'VitePress'] as const

let audit: LessonAudit

beforeAll(async () => {
  audit = await LessonAudit.start()
})
afterAll(() => audit?.close())

function expectEach(seen: Record<string, unknown>, value: unknown): void {
  expect(Object.keys(seen)).toHaveLength(10)
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, value])))
}

describe('before there is anything to read', () => {
  it('the way to the questions gives axe-core nothing to find', async () => {
    const page = await audit.chromium.context.newPage()
    await page.goto(audit.stack.lesson('MkDocs'))
    const bar = new LessonBar(page)
    await expect.poll(() => bar.selected(), patient).toBe('Original')
    await bar.click('Personalized')
    await expect.poll(() => bar.status(), patient).toContain('Answer six questions')
    expect(await lessonFindings(page, bar, '[data-lectern-tabs]')).toEqual([])
    await page.close()
    await answerQuestions(audit.chromium)
  })

  it('nor does a page that is too large', async () => {
    const page = await audit.chromium.context.newPage()
    await page.route('http://localhost:8790/**', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageOfDepth(1_100) }),
    )
    await page.goto('http://localhost:8790/deep')
    const bar = new LessonBar(page)
    await expect.poll(() => bar.selected(), patient).toBe('Original')
    await bar.click('Personalized')
    await expect.poll(() => bar.status(), patient).toContain('too large')
    expect(await lessonFindings(page, bar, '[data-lectern-tabs]')).toEqual([])
    await page.close()
  })
})

describe.each([
  ['a beginner, in light colours', beginner, { colorScheme: 'light' }, generators],
  ['an expert, in dark colours', expert, { colorScheme: 'dark' }, ['Docusaurus', 'MkDocs', 'VitePress']],
] as const)('for %s', (_, answers, media, lessons) => {
  it.each(lessons)('axe-core finds in a lesson of %s only what its author left', async (generator) => {
    expectEach(await audit.findings({ generator, answers, media }), [])
  })
})

describe('where a learner has set the browser otherwise', () => {
  it('nothing is cut off, nor wider than the page itself, at 200 % of 1280 pixels', async () => {
    const answers = { ...beginner, education_level: 'high_school' } as const
    const view: View = { generator: 'MkDocs', width: 640, answers }
    const own = await audit.lookAtOwn(view, pageWidth)
    const seen = await audit.visitAll(view, async (page, bar) => [
      (await pageWidth(page)) - own,
      await bar.evaluate(cutOff),
    ])
    expectEach(seen, [0, []])
  })

  it('nothing moves for who wants no motion', async () => {
    const moving = (page: Page) => page.evaluate(() => document.getAnimations().length)
    expectEach(
      await audit.visitAll({ generator: 'VitePress', answers: { education_level: 'graduate' } }, moving),
      0,
    )
  })
})
