import { afterAll, beforeAll, expect, it } from 'vitest'
import { ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { FirefoxPopup } from './firefox-popup.ts'
import { answerQuestions } from './firefox-questions.ts'
import { type Stack, startStack } from './stack.ts'

const patient = { timeout: 60_000, interval: 200 }

let stack: Stack
let firefox: ExtendedFirefox
let popup: FirefoxPopup

beforeAll(async () => {
  stack = await startStack('firefox')
  firefox = await ExtendedFirefox.launch(stack.extension)
  await answerQuestions(firefox)
  popup = new FirefoxPopup(firefox)
})
afterAll(async () => {
  await firefox?.close()
  await stack?.close()
})

it('reads the book’s outline in the popup, and takes the learner’s word', async () => {
  await firefox.open(stack.lesson('MkDocs'))
  await expect.poll(() => new FirefoxLessonBar(firefox).selected(), patient).toBe('Original')
  await popup.open()
  await expect.poll(() => popup.text(), patient).toContain('Completed: 0 of 4')
  expect(await popup.text()).toMatch(/Next lesson\s+Using packages/)
  await popup.click('Mark as completed')
  await expect.poll(() => popup.text(), patient).toContain('Completed: 1 of 4')
})

it('met no error of the extension', async () => {
  expect(await firefox.errors()).toEqual([])
})
