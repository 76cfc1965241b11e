import type { Preferences } from '@lectern/shared'
import { expect, vi } from 'vitest'
import { anyAnswers } from './any-answers.ts'
import type { ExtendedFirefox } from './firefox.ts'

/** Enough on a machine of which the test has but a part. */
const patient = { timeout: 30_000, interval: 200 }

/** Answers the six questions on the page that opens at install. */
export async function answerQuestions(
  firefox: ExtendedFirefox,
  answers: Preferences = anyAnswers,
): Promise<void> {
  const click = async (selector: string) => firefox.click(await firefox.find(selector))
  const isOpen = () => firefox.goTo(/^moz-extension:.*\/onboarding\.html$/)
  await vi.waitFor(async () => expect(await isOpen()).toBe(true), patient)
  for (const [field, values] of Object.entries(answers)) {
    for (const value of [values].flat()) await click(`#${field} label:has([value=${value}])`)
    await click('[type=submit]')
  }
  await click('button[type=submit]')
  const words = () => firefox.evaluate(() => document.body.textContent)
  await vi.waitFor(async () => expect(await words()).toContain('Your answers are saved here and at'), patient)
}
