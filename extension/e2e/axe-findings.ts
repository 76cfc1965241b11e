import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import type { LessonBar } from './chromium.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe-core finds in a page, or in a part of it, as sentences; nothing is what is wanted. */
export async function axeFindings(page: Page, part?: string): Promise<string[]> {
  await page.evaluate(axe.source)
  const arguments_ = [...(part === undefined ? [] : [part]), { runOnly: rules }]
  const run = `axe.run(${arguments_.map((one) => JSON.stringify(one)).join()})`
  const { violations }: AxeResults = await page.evaluate(run)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** What axe-core finds in a page with a lesson, in the closed root above it, too; or there alone. */
export async function lessonFindings(page: Page, bar: LessonBar, part?: string): Promise<string[]> {
  // The page's world gets to see the root while axe looks; the extension's own world is another.
  await bar.evaluate((root) => {
    Object.defineProperty(root.host, 'shadowRoot', { value: root, configurable: true })
    return null
  })
  const found = await axeFindings(page, part)
  await bar.evaluate((root) => Reflect.deleteProperty(root.host, 'shadowRoot'))
  return found
}
