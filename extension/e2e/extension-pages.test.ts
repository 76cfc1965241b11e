import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCourseStore } from '../../api/src/storage/course-store.ts'
import { axeFindings } from './axe-findings.ts'
import { type ExtendedChromium, launchChromium } from './chromium.ts'
import { keepOnlyLocale } from './only-locale.ts'
import { closeInstallPage, visitPageStates } from './page-states.ts'
import { forbidden, keepViolations, tryForbidden } from './policy-violations.ts'
import { type Stack, startStack } from './stack.ts'

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>

let stack: Stack
let chromium: ExtendedChromium
let courseLink: string

beforeAll(async () => {
  stack = await startStack('chrome')
  await createCourseStore(stack.api.database).put({
    code: 'algebra',
    name: 'Algebra I',
    sites: ['lectern-demo'],
  })
  courseLink = `${stack.api.url}/course/Algebra`
  chromium = await launchChromium(stack.extension)
  await closeInstallPage(chromium)
})
afterAll(async () => {
  await chromium?.close()
  await stack?.close()
})

/** How far a page is wider than its window, or the words of a choice than their tile, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const tiles = [...document.querySelectorAll('.choice-words')].map(
      (tile) => tile.scrollWidth - tile.clientWidth,
    )
    return Math.max(document.documentElement.scrollWidth - innerWidth, ...tiles)
  })
}

/** Visits all states; none may do what the pages' policy refuses. */
async function visitAll(width: number, media: Media, look: (page: Page) => Promise<unknown>) {
  const seen: Record<string, unknown> = {}
  const prepare = async (page: Page) => {
    await page.addInitScript(keepViolations)
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce', ...media })
  }
  const lesson = stack.lesson('MkDocs')
  await visitPageStates(chromium, { courseLink, lesson, prepare }, async (name, page) => {
    seen[name] = await look(page)
    expect(await page.evaluate(() => window.violations), name).toEqual([])
  })
  return seen
}

/** Every state looked alike. */
function expectEach(seen: Record<string, unknown>, value: unknown): void {
  expect(Object.keys(seen)).toHaveLength(16)
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, value])))
}

describe('the extension’s own pages', () => {
  it.each([
    ['light', 1280, { colorScheme: 'light' }],
    ['dark', 1280, { colorScheme: 'dark' }],
    ['light, narrow', 380, { colorScheme: 'light' }],
    ['forced colours', 1280, { colorScheme: 'dark', forcedColors: 'active' }],
  ] as const)('give axe-core nothing to find: %s', async (_, width, media) => {
    expectEach(await visitAll(width, media, (page) => axeFindings(page)), [])
  })

  it.each([
    ['380 pixels', 380],
    ['200 % of 1280 pixels', 640],
    ['400 % of 1280 pixels', 320],
  ])('fit into %s without scrolling sideways', async (_, width) => {
    expectEach(await visitAll(width, {}, overflow), 0)
  })

  it('scroll to what their address names, although it is drawn late and more arrives above it', async () => {
    const page = await chromium.context.newPage()
    await page.setViewportSize({ width: 380, height: 700 })
    await page.goto(`${chromium.origin}/options.html#ledger`)
    const top = () =>
      page.locator('#ledger').evaluate((ledger) => Math.round(ledger.getBoundingClientRect().top))
    await page.locator('#textbooks').waitFor()
    await expect.poll(top, { timeout: 10_000 }).toBeLessThan(60)
    await page.close()
  })

  it('move nothing for who wants no motion', async () => {
    const animations = (page: Page) => page.evaluate(() => document.getAnimations().length)
    expectEach(await visitAll(1280, {}, animations), 0)
  })

  it('may show and reach nothing but what is theirs, and take no text for markup', async () => {
    const page = await chromium.context.newPage()
    await page.addInitScript(keepViolations)
    await page.goto(`${chromium.origin}/options.html`)
    await page.evaluate(tryForbidden)
    await expect.poll(() => page.evaluate(() => window.violations.toSorted())).toEqual(forbidden)
    await page.close()
  })

  it.each([1280, 320])('say in full what is kept and sent: %s pixels', async (width) => {
    const page = await chromium.context.newPage()
    await page.addInitScript(keepViolations)
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`${chromium.origin}/options.html`)
    await page.locator('footer [href="/privacy.html"]').click()
    await page.locator('.privacy h1').waitFor()
    expect(await page.locator('.privacy tbody tr').count()).toBeGreaterThan(30)
    const violations = await page.evaluate(() => window.violations)
    expect([...(await axeFindings(page)), ...violations, await overflow(page)]).toEqual([0])
    await page.close()
  })

  it('are answered by keyboard alone, each stop with a visible focus', async () => {
    const page = await chromium.context.newPage()
    await page.goto(`${chromium.origin}/onboarding.html`)
    await page.locator('fieldset').waitFor()
    await page.keyboard.press('Tab')
    expect(await focusRing(page)).not.toBe('none')
    for (const key of ['2', '1', '3', '1', '2']) {
      await page.keyboard.press(key)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('consent-title')
    const agree = page.locator('[type=submit]')
    for (let stops = 0; !(await isFocused(agree)); stops++) {
      expect(stops).toBeLessThan(10)
      await page.keyboard.press('Tab')
      expect(await focusRing(page)).not.toBe('none')
    }
    await page.keyboard.press('Enter')
    await page.getByText('You are ready').waitFor()
    await page.close()
  })
})

describe('in Urdu', () => {
  it('are laid out from right to left, and give axe-core nothing to find', async () => {
    await chromium.close()
    await keepOnlyLocale(stack.extension, 'ur')
    chromium = await launchChromium(stack.extension)
    await closeInstallPage(chromium)
    const look = async (page: Page) => [
      ...(await axeFindings(page)),
      await page.evaluate(() => {
        const { direction, fontFamily } = getComputedStyle(document.body)
        return [document.documentElement.lang, direction, fontFamily.split(', ')[0]]
      }),
      await overflow(page),
    ]
    const ofUrdu = ['ur', 'rtl', '"Noto Sans Arabic"']
    expectEach(await visitAll(380, { colorScheme: 'dark' }, look), [ofUrdu, 0])
  })
})

/** How the focus is shown: on the control, or on the tile around it. */
function focusRing(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement
    const shown = focused?.closest('.choice') ?? focused
    return shown === null ? 'none' : getComputedStyle(shown).outlineStyle
  })
}

function isFocused(control: ReturnType<Page['locator']>): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement)
}
