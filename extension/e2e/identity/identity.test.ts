import {
  type Inline,
  isProse,
  type Lesson,
  normalizeInline,
  type ProseBlock,
  parseInline,
  serializeInline,
} from '@lectern/shared'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChromiumPages } from '../../rendering/testing/chromium-page.ts'
import { corpusLessons, shippedLessons } from '../saved-lessons.ts'
import { shareOfOtherPixels } from './compare-pictures.ts'
import { rewriteByEcho } from './echo-rewrite.ts'

/** What differs on some pages is the edge of letters: a text node that begins elsewhere is drawn a fraction beside. */
const MOST_OTHER_PIXELS = 0.001

let chromium: ChromiumPages
beforeAll(async () => {
  chromium = await ChromiumPages.launch('e2e/identity/identity-page.ts')
})
afterAll(() => chromium?.close())

describe.for([...shippedLessons(), ...corpusLessons()])('the lesson $name', ({ html, url, fileOf }) => {
  let page: Page
  let lesson: Lesson
  let before: Awaited<ReturnType<typeof stateOf>>

  beforeAll(async () => {
    // Some pages were saved after their scripts ran.
    const csp = "script-src 'none'"
    page = await chromium.open(html, { url, fileOf, csp, viewport: { width: 1280, height: 900 } })
    lesson = await page.evaluate((address) => window.identity.open(address), url)
    before = await stateOf(page)
  })
  afterAll(() => page?.close())

  it('shows the same pixels and words when every block is rewritten with its own text', async () => {
    const picture = await pictureOf(page)
    await page.evaluate(() => window.identity.show())
    await rewrite(page, lesson, ({ text }) => text)
    const renewal = await page.evaluate(() => window.identity.renewal())
    expect(renewal).toEqual({ prose: lesson.blocks.filter(isProse).length, old: [] })
    const [original, shown] = await page.evaluate(() => window.identity.words())
    expect(shown.split(' ')).toEqual(original.split(' '))
    const share = await shareOfOtherPixels(page, picture, await pictureOf(page))
    expect(share).toBeLessThanOrEqual(MOST_OTHER_PIXELS)
  })

  it('is as it was when Original is shown again', async () => {
    await page.evaluate(() => window.identity.hide())
    expect(await stateOf(page)).toEqual(before)
  })

  it('keeps all but the words when the words of every block are reversed', async () => {
    await page.evaluate(() => window.identity.show())
    await rewrite(page, lesson, reversed)
    expect((await page.evaluate(() => window.identity.renewal())).old).toEqual([])
    const compared = await page.evaluate(() => ({
      frames: window.identity.frames(),
      contents: window.identity.contents(),
      letters: window.identity.letters(),
    }))
    for (const [original, shown] of Object.values(compared)) expect(shown).toEqual(original)
    const [words, reversedWords] = await page.evaluate(() => window.identity.words())
    expect(reversedWords).not.toBe(words)
    await page.evaluate(() => window.identity.hide())
    expect({ ...(await stateOf(page)), scrolled: [] }).toEqual({ ...before, scrolled: [] })
  })
})

async function rewrite(page: Page, lesson: Lesson, say: (block: ProseBlock) => string): Promise<void> {
  const blocks = await rewriteByEcho(lesson, say)
  expect(blocks).toHaveLength(lesson.blocks.filter(isProse).length)
  await page.evaluate((echoed) => window.identity.apply(echoed), blocks)
}

const stateOf = (page: Page) => page.evaluate(() => window.identity.state())

/** The whole page once two pictures in a row are alike: a first one often shows layers not drawn to their end. */
async function pictureOf(page: Page): Promise<Buffer> {
  const take = () => page.screenshot({ fullPage: true, caret: 'initial' })
  let last = await take()
  for (let tries = 0; tries < 5; tries++) {
    const next = await take()
    if (next.equals(last)) break
    last = next
  }
  return last
}

function reversed({ text }: ProseBlock): string {
  return serializeInline(normalizeInline(reverse(parseInline(text))))
}

function reverse(inlines: readonly Inline[]): Inline[] {
  return inlines.toReversed().map((inline) => {
    if ('children' in inline) return { ...inline, children: reverse(inline.children) }
    return inline.type === 'text' ? { type: 'text', text: reverseWords(inline.text) } : inline
  })
}

/** What closes a sentence stays at its end: "10." at a block's beginning would be read as the number of an item. */
function reverseWords(text: string): string {
  const [end = ''] = /[.:;,!?)]*$/.exec(text) ?? []
  return (
    text
      .slice(0, text.length - end.length)
      .split(' ')
      .toReversed()
      .join(' ') + end
  )
}
