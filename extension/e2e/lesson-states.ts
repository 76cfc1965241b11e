import type { Page } from 'playwright-core'
import type { StandInModel } from '../../api/load/stand-in-model.ts'
import { type ExtendedChromium, LessonBar } from './chromium.ts'

export type StatePicture = {
  /** Where the pictures go, without the state's name. */
  path: string
  scheme: 'light' | 'dark'
  width: number
}

/** Pictures a lesson in each state that a learner meets: being made, its receipt, a flipped block, menus, a failure. */
export async function pictureLessonStates(
  { context }: ExtendedChromium,
  model: StandInModel,
  url: string,
  { path, scheme, width }: StatePicture,
): Promise<void> {
  const page = await context.newPage()
  const bar = new LessonBar(page)
  const picture = (state: string) => page.screenshot({ path: `${path}-${state}.png` })
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: scheme })
  await page.goto(url)
  await until(page, async () => (await bar.selected()) !== undefined)
  model.configure({ tokens_per_second: 20 })
  await choose(bar, 'Deeper')
  await until(page, async () => /[1-9]\d* of/.test(await bar.status()))
  await picture('waiting')
  model.configure({ faults: [{ kind: 'status_500', times: 1000 }] })
  await choose(bar, 'Simpler')
  await until(page, async () => /again|Retry/i.test(await bar.status()))
  await picture('failed')
  model.configure({})
  await choose(bar, 'As usual')
  await until(page, async () => (await bar.status()).includes('made'))
  await picture('ready')
  await bar.click('Details')
  await picture('details')
  await bar.click('Details')
  await bar.click('Lesson menu')
  await picture('menu')
  await page.keyboard.press('Escape')
  const block = page.locator('[data-lectern-clone] :not([data-lectern-addition]) > p').first()
  await block.hover()
  await picture('mark')
  await bar.pressMark()
  await picture('flipped')
  await bar.click('Lesson menu')
  await bar.click('Report a problem …')
  await picture('report')
  await page.keyboard.press('Escape')
  await page.close()
}

async function choose(bar: LessonBar, label: string): Promise<void> {
  await bar.click('Lesson menu')
  await bar.click(label)
}

async function until(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 100) throw new Error(`${page.url()} did not get there.`)
    await page.waitForTimeout(100)
  }
}
