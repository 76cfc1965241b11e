import type { Site } from '@lectern/shared'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoSite } from '../../api/src/sites/demo-site.ts'
import { createSiteStore } from '../../api/src/storage/site-store.ts'
import { type ExtendedChromium, LessonBar, launchChromium } from './chromium.ts'
import { ChromiumPopup } from './chromium-popup.ts'
import { answerQuestions } from './chromium-questions.ts'
import { serveMovingSites } from './moving-sites.ts'
import { type Stack, startStack } from './stack.ts'

const patient = { timeout: 30_000 }

let stack: Stack
let books: Awaited<ReturnType<typeof serveMovingSites>>
let chromium: ExtendedChromium
let page: Page
let bar: LessonBar
let popup: ChromiumPopup

beforeAll(async () => {
  stack = await startStack('chrome')
  const reserved = JSON.stringify([{ location: '/*', 'tdm-reservation': 1 }])
  books = await serveMovingSites({ '/.well-known/tdmrep.json': reserved })
  chromium = await launchChromium(stack.extension)
  await answerQuestions(chromium)
  page = await chromium.context.newPage()
  popup = await ChromiumPopup.over(page, chromium)
  bar = new LessonBar(page)
})
afterAll(async () => {
  await chromium?.close()
  await books?.close()
  await stack?.close()
})

/** Staff say this of the demo textbook. */
function say(change: Partial<Site>): Promise<void> {
  return list({ ...demoSite(stack.textbook.url.replace(/\/$/, '')), ...change })
}

/** Puts a textbook on the list, of which the extension then has heard. */
async function list(site: Site): Promise<void> {
  await createSiteStore(stack.api.database).put(site)
  const listed = async () => (await (await fetch(`${stack.api.url}/api/sites`)).json()).sites
  await expect.poll(listed, patient).toContainEqual(site)
  const pages = await chromium.context.newPage()
  await pages.goto(`${chromium.origin}/options.html`)
  await pages.evaluate(`chrome.runtime.sendMessage({ type: 'list-sites', body: null })`)
  await pages.close()
}

/** What the lesson's bar says once it was asked for its rewrite. */
async function statusOfPersonalized(lesson: string): Promise<string> {
  await page.goto(lesson)
  await expect.poll(() => bar.selected(), patient).toBe('Original')
  await bar.click('Personalized')
  await expect.poll(() => bar.status(), patient).not.toMatch(/^(Personalizing|\d+ of \d+ blocks|$)/)
  return bar.status()
}

it('on request: nothing appears by itself, the popup offers it, and the next page is asked about anew', async () => {
  await say({ policy: 'on_request' })
  await page.goto(stack.lesson('Sphinx'))
  await popup.open()
  await expect.poll(() => popup.text('.status'), patient).toMatch(/personalized on request only/)
  expect(await popup.buttonsOf('.next-step')).toEqual(['Personalize this page'])
  expect(await bar.count()).toBe(0)
  expect(stack.model.requests).toEqual([])

  await popup.click('Personalize this page')
  await expect.poll(() => bar.selected(), patient).toBe('Personalized')
  await expect.poll(() => bar.status(), patient).toMatch(/rewritten/)
  await popup.close()
  await bar.click('Lesson menu')
  expect(await menuOf()).not.toContain('Always start with Personalized on this site')

  await page.goto(stack.lesson('MkDocs'))
  await popup.open()
  await expect.poll(() => popup.buttonsOf('.next-step'), patient).toEqual(['Personalize this page'])
  expect(await bar.count()).toBe(0)
  await popup.close()
})

function menuOf(): Promise<string[]> {
  return bar.evaluate((root) =>
    [...root.querySelectorAll('[role^=menuitem]')].map((item) => item.textContent),
  )
}

it('no: the tab says so in the words of staff, and nothing is sent', async () => {
  const calls = stack.model.requests.length
  await say({ policy: 'deny', denied_reason: 'The exam is read as it is.' })
  expect(await statusOfPersonalized(stack.lesson('Sphinx'))).toContain('The exam is read as it is.')
  expect(stack.model.requests).toHaveLength(calls)
})

it('a reservation of the owner’s: the tab says so, until staff have the owner’s word', async () => {
  const chapter = `${books.url}/plain/trees.html`
  const book: Site = {
    id: 'plain',
    name: 'Plain',
    patterns: [`${books.url}/plain/*`],
    policy: 'allow',
    lesson: '.text',
  }
  await list(book)
  expect(await statusOfPersonalized(chapter)).toContain('its pages must not be given to AI')
  await list({ ...book, owner_agreed: true })
  expect(await statusOfPersonalized(chapter)).toMatch(/rewritten/)
})
