import type { Preferences } from '@lectern/shared'
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
  await questions.locator('fieldset').first().waitFor()
  for (const [field, values] of Object.entries(answers))
    for (const value of [values].flat())
      await questions.locator(`#${field} input[value=${value}]`).check({ force: true })
  await questions.locator('#consent').check({ force: true })
  await questions.getByRole('button', { name: 'Start using Lectern' }).click()
  await questions.getByText('You are ready').waitFor()
  await questions.close()
}
