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

/** Answers the six questions on their page, one after the other, and agrees. */
export async function fillQuestions(questions: Page, answers: Preferences): Promise<void> {
  for (const [field, values] of Object.entries(answers)) {
    const question = questions.locator(`#${field}`)
    await question.waitFor()
    for (const value of [values].flat())
      await question.locator(`input[value=${value}]`).check({ force: true })
    await questions.getByRole('button', { name: 'Next' }).click()
  }
  await questions.getByRole('button', { name: 'Agree and start' }).click()
  await questions.getByText('You are ready').waitFor()
}
