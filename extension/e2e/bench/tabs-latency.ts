import { type Stage, stages } from '../../measure/mark-stage.ts'
import type { ExtendedChromium } from '../chromium.ts'

/** Milliseconds from the recognizer's decision that a page is a lesson to each stage on the way to its tabs. */
export type TabsLatency = Record<Exclude<Stage, 'recognized'>, number>

/** Loads a page once; by the clock, as its reader sees it. The build must have been made with LECTERN_MARKS=1. */
export async function tabsLatency({ context }: ExtendedChromium, url: string): Promise<TabsLatency> {
  const page = await context.newPage()
  const [worker] = context.serviceWorkers()
  await worker?.evaluate(() => performance.clearMarks())
  await page.goto(url)
  await page.waitForFunction(() => performance.getEntriesByName('lectern-view_shown').length > 0)
  const marks = new Map([...((await worker?.evaluate(readMarks)) ?? []), ...(await page.evaluate(readMarks))])
  await page.close()
  const at = (stage: Stage) => marks.get(`lectern-${stage}`) ?? Number.NaN
  const [first, ...rest] = stages
  return Object.fromEntries(rest.map((stage) => [stage, at(stage) - at(first)])) as TabsLatency
}

/** Marks by their names, in milliseconds on a clock that pages and workers share. */
function readMarks(): [string, number][] {
  return performance
    .getEntriesByType('mark')
    .map(({ name, startTime }) => [name, performance.timeOrigin + startTime])
}
