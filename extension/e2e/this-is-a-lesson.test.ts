import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { ChromiumPopup } from './chromium-popup.ts'
import { answerQuestions } from './chromium-questions.ts'
import { type Stack, startStack } from './stack.ts'

/** Pages that do not look like lessons: two short paragraphs, and a drawing. */
const pages: Readonly<Record<string, string>> = {
  '/loops': '<h1>Loops</h1><p>A loop repeats a block of statements.</p><p>It ends with its condition.</p>',
  '/lists': '<h1>Lists</h1><p>A list holds values in their order.</p><p>It grows at its end.</p>',
  '/drawing': '<h1>Drawing</h1><canvas></canvas>',
}

const site = 'http://localhost:8790'
const patient = { timeout: 20_000 }

let stack: Stack
let chromium: ExtendedChromium
let page: Page
let bar: LessonBar
let popup: ChromiumPopup

beforeAll(async () => {
  stack = await startStack('chrome')
  chromium = await launchChromium(stack.extension)
  await answerQuestions(chromium)
  page = await chromium.context.newPage()
  popup = await ChromiumPopup.over(page, chromium)
  await page.route(`${site}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: documentOf(pathname) })
  })
  bar = new LessonBar(page)
})
afterAll(async () => {
  await chromium?.close()
  await stack?.close()
})

function documentOf(path: string): string {
  return `<!doctype html><html lang="en"><title>${path}</title><main>${pages[path] ?? ''}</main>`
}

async function popupSays(said: RegExp, buttons: string[]): Promise<void> {
  await popup.open()
  await expect.poll(() => popup.text('.status'), patient).toMatch(said)
  expect(await popup.buttonsOf('.next-step')).toEqual(buttons)
}

/** Whether there are tabs once the page had time to get them. */
async function hasTabs(): Promise<boolean> {
  await page.waitForTimeout(1000)
  return (await bar.count()) > 0
}

/** Renders a page without a new document, in the element that is the site's own, as frameworks do. */
function render(path: string): Promise<void> {
  return page.evaluate(
    ([address, markup]) => {
      history.pushState(null, '', address)
      document.querySelector('main:not([data-lectern-clone])')?.setHTMLUnsafe(markup)
    },
    [path, pages[path] ?? ''] as const,
  )
}

it('has no tabs on its own, and a button beside the reason', async () => {
  await page.goto(`${site}/loops`)
  expect(await hasTabs()).toBe(false)
  await popupSays(/too little text/, ['This is a lesson'])
})

it('gets the tabs from the learner’s word', async () => {
  await popup.click('This is a lesson')
  await expect.poll(() => popup.text('.status'), patient).toMatch(/This page is a lesson/)
  expect(await popup.buttonsOf('.next-step')).toEqual([])
  await popup.close()
  expect(await bar.selected()).toBe('Original')
  await bar.click('Personalized')
  await expect.poll(() => bar.status(), patient).toMatch(/rewritten/)
  await popupSays(/This page is a lesson/, [])
  await popup.close()
})

it('keeps them while its framework renders it again, until it goes on to another page', async () => {
  await render('/loops')
  expect(await hasTabs()).toBe(true)
  await render('/lists')
  await expect.poll(() => bar.count(), patient).toBe(0)
  await render('/loops')
  expect(await hasTabs()).toBe(false)
})

it('is asked about again after a reload', async () => {
  await page.goto(`${site}/loops`)
  await popupSays(/too little text/, ['This is a lesson'])
  await popup.click('This is a lesson')
  await expect.poll(() => bar.count(), patient).toBe(1)
  await popup.close()
  await page.reload()
  expect(await hasTabs()).toBe(false)
  await popupSays(/too little text/, ['This is a lesson'])
  await popup.close()
})

it('gets none without prose, and the popup says so', async () => {
  await page.goto(`${site}/drawing`)
  await popupSays(/no lesson on this page/, ['This is a lesson'])
  await popup.click('This is a lesson')
  await expect
    .poll(() => popup.text('.status'), patient)
    .toMatch(/no text on this page that it could rewrite/)
  expect(await bar.count()).toBe(0)
})
