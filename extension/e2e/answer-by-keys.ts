import { expect } from 'vitest'
import { goByTab } from './go-by-tab.ts'
import type { Learner } from './learner.ts'

const patient = { timeout: 30_000, interval: 100 }

/** Answers the six questions on the page that the learner is on, by their numbers, and agrees. */
export async function answerByKeys(learner: Learner): Promise<void> {
  const words = () => learner.evaluate(() => document.body.textContent)
  await expect.poll(words, patient).toContain('Question 1 of 6')
  await learner.press('Tab')
  for (const choice of ['2', '2', '1', '1', '3']) {
    await learner.press(choice)
    await learner.press('Enter')
  }
  await expect.poll(words, patient).toContain('Question 6 of 6')
  await learner.press('Enter')
  await goByTab(learner, /^Agree and start$/)
  await learner.press('Enter')
  await expect.poll(words, patient).toContain('You are ready')
}
