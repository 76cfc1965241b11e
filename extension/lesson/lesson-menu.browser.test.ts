import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { block, done, openLessonPages, plan } from './testing/lesson-pages.ts'

const { open, bar, send, click, streams } = openLessonPages()

/** What the background was asked for, beside the rewrites' text. */
const asked = (page: Page) =>
  page.evaluate(() => {
    const { wanted, changes, reports, opened } = window.lessonPage.services
    return { wanted, changes, reports, opened }
  })

async function press(page: Page, ...keys: string[]): Promise<unknown[]> {
  const focused: unknown[] = []
  for (const key of keys) {
    await page.keyboard.press(key)
    focused.push((await bar(page)).focused)
  }
  return focused
}

it('goes by keyboard: arrows and ends move, Escape and Tab close', async () => {
  const page = await open()
  expect(await press(page, 'Tab', 'Tab')).toEqual(['Original', 'Lesson menu'])
  expect(await press(page, 'Enter', 'ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home')).toEqual([
    'Simpler',
    'As usual',
    'Report a problem …',
    'Simpler',
    'Report a problem …',
    'Simpler',
  ])
  expect((await bar(page)).open).toEqual(['menu'])
  expect(await press(page, 'Escape')).toEqual(['Lesson menu'])
  expect((await bar(page)).open).toEqual([])
  await press(page, 'ArrowUp')
  expect((await bar(page)).focused).toBe('Report a problem …')
  await press(page, 'Tab')
  expect((await bar(page)).open).toEqual([])
  await page.close()
})

it('asks for a simpler version and for another wording, and remembers both', async () => {
  const page = await open()
  await click(page, 'Personalized')
  await send(page, plan, block(0), block(1), done)
  await click(page, 'Simpler')
  expect((await bar(page)).checked).toEqual(['Simpler'])
  await send(page, plan, block(1))
  const words = () => page.locator('[data-lectern-clone] h1').textContent()
  expect(await words()).toContain('Closures')
  await click(page, 'Try another wording1 of 3')
  const { wanted, changes } = await asked(page)
  expect(wanted).toMatchObject([
    { adjustment: 0, variant: 0, looking_at: 0 },
    { adjustment: -1, variant: 0 },
    { adjustment: -1, variant: 1 },
  ])
  expect(changes).toEqual([{ adjustment: -1 }, { variant: 1 }])
  await page.close()
})

it('shows Personalized for whom chooses a version on Original', async () => {
  const page = await open()
  await click(page, 'Deeper')
  expect([(await bar(page)).selected, await streams(page)]).toEqual(['Personalized', 1])
  expect((await asked(page)).wanted).toMatchObject([{ adjustment: 1 }])
  await page.close()
})

it('starts with Personalized where the site is set so, and in the version that was chosen', async () => {
  const page = await open()
  await page.evaluate(() => {
    window.view.destroy()
    Object.assign(window.lessonPage.services.kept, { start_personalized: true, adjustment: 1 })
    window.view = window.lessonPage.mount()
    return new Promise((resolve) => setTimeout(resolve, 50))
  })
  expect(await bar(page)).toMatchObject({
    selected: 'Personalized',
    checked: ['Deeper', 'Always start with Personalized on this site'],
  })
  expect((await asked(page)).wanted).toMatchObject([{ adjustment: 1, variant: 0 }])
  await click(page, 'Always start with Personalized on this site')
  await click(page, 'Not on this site')
  expect((await asked(page)).changes).toEqual([{ start_personalized: false }, { off: true }])
  await page.close()
})

it('takes a setting that another page of the site made', async () => {
  const page = await open()
  await click(page, 'Personalized')
  await send(page, plan, block(0), done)
  await page.evaluate(() =>
    window.view.applySettings({ allowed: true, start_personalized: false, adjustment: 0, variant: 2 }),
  )
  expect((await asked(page)).wanted.at(-1)).toMatchObject({ variant: 2 })
  await page.close()
})

it('reports a problem of the lesson, or of the block that was clicked, its text only where ticked', async () => {
  const page = await open()
  await click(page, 'Report a problem …')
  expect((await bar(page)).open).toEqual(['dialog'])
  const inputs = await page.evaluate(() => {
    const all = [...window.lessonPage.shadow.querySelectorAll('input, textarea, [contenteditable]')]
    return all.map((input) => (input as HTMLInputElement).type)
  })
  expect(inputs).toEqual(Array.from({ length: 7 }, () => 'radio'))
  await page.keyboard.press('ArrowDown')
  await click(page, 'Send')
  expect((await bar(page)).said).toBe('Thank you: the staff of this textbook have your report.')
  await click(page, 'Personalized')
  await send(page, plan, block(0), block(1), done)
  await page.locator('[data-lectern-clone] p').first().click()
  await click(page, 'Report a problem …')
  const about = await page.evaluate(() => window.lessonPage.shadow.querySelector('.dialog p')?.textContent)
  expect(about).toBe('About the paragraph “\u2068New 1.\u2069”')
  await click(page, 'Send the text of this paragraph too')
  await click(page, 'Send')
  expect((await asked(page)).reports).toEqual([
    { kind: 'missing_content' },
    { kind: 'missing_content', block: 1, text: 'New 1.' },
  ])
  expect((await bar(page)).open).toEqual([])
  await page.close()
})

it('does nothing that a script asks of it, also one that has got into its root', async () => {
  const page = await open()
  const press = () =>
    page.evaluate(() => {
      const { shadow } = window.lessonPage
      const types = ['pointerdown', 'mousedown', 'keydown', 'keyup', 'click', 'change', 'submit']
      for (const element of shadow.querySelectorAll<HTMLElement>('*')) {
        element.click?.()
        for (const type of types) {
          const key = { key: 'Enter', bubbles: true, composed: true, cancelable: true }
          element.dispatchEvent(type.startsWith('key') ? new KeyboardEvent(type, key) : new Event(type, key))
        }
        if (element instanceof HTMLFormElement) element.requestSubmit()
      }
    })
  await press()
  expect(await bar(page)).toMatchObject({ selected: 'Original', open: [] })
  expect(await asked(page)).toMatchObject({ reports: [], changes: [] })
  expect(await streams(page)).toBe(0)
  await click(page, 'Personalized')
  await send(page, plan, block(0), block(1), done)
  const before = await bar(page)
  await press()
  expect(await bar(page)).toEqual(before)
  expect(await asked(page)).toMatchObject({ reports: [], changes: [] })
  expect(await streams(page)).toBe(1)
  await page.close()
})

it('opens the receipt, and what was sent in a page of the extension', async () => {
  const page = await open()
  await click(page, 'Personalized')
  await send(page, plan, block(0), done)
  await click(page, 'Details')
  const details = await page.evaluate(() => window.lessonPage.shadow.querySelector('.details')?.textContent)
  expect(details).toContain('2 links')
  expect(details).toContain('a fingerprint of each section')
  await click(page, 'See what was sent, and when')
  expect((await asked(page)).opened).toEqual(['ledger'])
  await page.close()
})

it('offers nothing that the school or the site withholds', async () => {
  const page = await open()
  await page.evaluate(() => {
    const { services } = window.lessonPage
    services.kept = { ...services.kept, on_request: true, no_reports: true, no_versions: true }
    window.view.applySettings(services.kept)
  })
  const only = 'Not on this site'
  expect(await press(page, 'Tab', 'Tab', 'Enter')).toEqual(['Original', 'Lesson menu', only])
  expect(await press(page, 'ArrowDown', 'End')).toEqual([only, only])
  await page.close()
})
