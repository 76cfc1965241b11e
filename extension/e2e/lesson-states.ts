import type { Page } from 'playwright-core'
import type { StandInModel } from '../../api/load/stand-in-model.ts'
import { type ExtendedChromium, LessonBar } from './chromium.ts'

/** A lesson as a learner meets it: the state's name, the page in that state, and its tabs. */
export type VisitLessonState = (name: string, page: Page, bar: LessonBar) => Promise<void>

export type LessonStatesOptions = {
  url: string
  model: StandInModel
  /** What the interface says, by its keys. */
  words: Record<string, string>
  /** Readies the page before it opens: its size, its colours. */
  prepare(page: Page): Promise<void>
}

/** Goes through a lesson's states: being made, failed, its receipt, what it adds, a flipped block, menu and report. */
export async function visitLessonStates(
  { context }: ExtendedChromium,
  { url, model, words, prepare }: LessonStatesOptions,
  look: VisitLessonState,
): Promise<void> {
  const page = await context.newPage()
  const bar = new LessonBar(page)
  const visit = (name: string) => look(name, page, bar)
  const click = (key: string) => bar.click(words[key] ?? key)
  const choose = async (key: string) => {
    await click('lesson.menu')
    await click(key)
  }
  const becomes = (isSo: (root: ShadowRoot) => boolean) =>
    until(page, () => bar.evaluate(isSo)).catch(async (error) => {
      throw new Error(`${error.message} Its bar says: ${await bar.status()}`)
    })
  await prepare(page)
  await page.goto(url)
  await until(page, async () => (await bar.count()) > 0)
  await visit('original')
  model.configure({ tokens_per_second: 20 })
  await choose('lesson.deeper')
  await becomes((root) => /[1-9]/.test(root.querySelector<HTMLElement>('.done')?.style.inlineSize ?? ''))
  await visit('waiting')
  // Statuses of failure would have the API leave the model alone for a while.
  model.configure({ faults: [{ kind: 'garbage', times: 1000 }] })
  await choose('lesson.simpler')
  await becomes((root) => root.querySelector('.status button:not([aria-expanded])') !== null)
  await visit('failed')
  model.configure({})
  await choose('lesson.usual')
  await becomes((root) => root.querySelector('.status [aria-expanded]') !== null)
  await visit('ready')
  await click('receipt.details')
  await visit('details')
  await click('receipt.details')
  await click('lesson.menu')
  await visit('menu')
  await page.keyboard.press('Escape')
  await pointAtRewritten(page, bar)
  await visit('mark')
  await bar.pressMark()
  await visit('flipped')
  await choose('lesson.report')
  await visit('report')
  await page.keyboard.press('Escape')
  await page.evaluate(openAll)
  await visit('opened')
  await page.close()
}

/** Points at one paragraph after the other, until one has the mark: it is not the author's. */
async function pointAtRewritten(page: Page, bar: LessonBar): Promise<void> {
  for (const paragraph of await page.locator('[data-lectern-clone] p:visible').all()) {
    await paragraph.hover({ force: true })
    if (await bar.evaluate((root) => root.querySelector('.mark:not(.unseen)') !== null)) return
  }
}

/** Opens what a rewrite has folded away. */
function openAll(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('[data-lectern-addition] details'))
    details.open = true
  for (const fold of document.querySelectorAll<HTMLElement>('[data-lectern-fold] > button')) fold.click()
}

async function until(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 200) throw new Error(`${page.url()} did not get there.`)
    await page.waitForTimeout(100)
  }
}
