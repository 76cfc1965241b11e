import type { Page } from 'playwright-core'
import { LessonBar } from './chromium.ts'

/** Waits until a lesson has its tabs, with Original in front. */
export async function awaitTabs(page: Page): Promise<void> {
  const bar = new LessonBar(page)
  for (let tries = 0; (await bar.selected()) !== 'Original'; tries++) {
    if (tries > 100) throw new Error(`No tabs on ${page.url()}`)
    await page.waitForTimeout(100)
  }
}

/** Chooses Personalized and waits until the whole lesson is there. */
export async function personalize(page: Page): Promise<void> {
  const bar = new LessonBar(page)
  await bar.click('Personalized')
  for (let tries = 0; !/made|Retry/.test(await bar.status()); tries++) {
    if (tries > 100) throw new Error(`No end on ${page.url()}: ${await bar.status()}`)
    await page.waitForTimeout(100)
  }
  await page.mouse.move(0, 0)
}
