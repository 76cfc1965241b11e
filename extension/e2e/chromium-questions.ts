import type { Preferences } from '@lectern/shared'
import type { Page } from 'playwright-core'
import { anyAnswers } from './any-answers.ts'
import type { ExtendedChromium } from './chromium.ts'

/** Answers the six questions on the page that opens at install, and closes it. */
export async function answerQuestions(
  { context }: ExtendedChromium,
  answers: Preferences = anyAnswers,
): Promise<void> {
  const opened = context.pages().find((page) => page.url().includes('onboarding'))
  const questions = opened ?? (await context.waitForEvent('page'))
  await questions.bringToFront()
  await fillQuestions(questions, answers)
  await questions.close()
}

/** Answers the six questions on their page, one after the other, in whatever language it asks, and agrees. */
export async function fillQuestions(questions: Page, answers: Preferences): Promise<void> {
  for (const [field, values] of Object.entries(answers)) {
    const question = questions.locator(`#${field}`)
    await question.waitFor()
    for (const value of [values].flat())
      await question.locator(`input[value=${value}]`).check({ force: true })
    await questions.locator('[type=submit]').click()
  }
  await questions.locator('.consent').waitFor()
  await questions.locator('[type=submit]').click()
  await questions.locator('#course-link').waitFor()
}

/** Answers them anew, on a page of its own. */
export async function answerAnew(
  { context, origin }: ExtendedChromium,
  answers: Partial<Preferences>,
): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${origin}/onboarding.html`)
  await fillQuestions(page, { ...anyAnswers, ...answers })
  await page.close()
}
