import { afterAll, beforeAll, expect, it } from 'vitest'
import { lessonReports } from '../../api/src/storage/tables.ts'
import { anyAnswers } from './any-answers.ts'
import { ExtendedFirefox } from './firefox.ts'
import { FirefoxLessonBar } from './firefox-lesson-bar.ts'
import { answerQuestions } from './firefox-questions.ts'
import { type Stack, startStack } from './stack.ts'

const patient = { timeout: 30_000, interval: 200 }

let stack: Stack
let firefox: ExtendedFirefox
let bar: FirefoxLessonBar

beforeAll(async () => {
  stack = await startStack('firefox')
  firefox = await ExtendedFirefox.launch(stack.extension)
  bar = new FirefoxLessonBar(firefox)
  await answerQuestions(firefox, anyAnswers)
  await firefox.open(stack.lesson('MkDocs'))
})
afterAll(async () => {
  await firefox?.close()
  await stack?.close()
})

const firstWords = () =>
  firefox.evaluate(() => document.querySelector('[data-lectern-clone] h1 ~ p')?.textContent?.trim())

it('chooses a deeper version in the menu, which closes', async () => {
  await expect.poll(() => bar.selected(), patient).toBe('Original')
  expect(await bar.isSeen('.menu')).toBe(false)
  await bar.click('.more')
  // The tabs are there before what is behind their buttons.
  await expect.poll(() => bar.isSeen('.menu'), patient).toBe(true)
  await bar.click('[role=menuitemradio]:last-child')
  await expect.poll(() => bar.status(), patient).toMatch(/paragraphs rewritten/)
  expect(await bar.isSeen('.menu')).toBe(false)
  expect(await bar.selected()).toBe('Personalized')
})

it('flips a block to the author’s words and back, by the mark beside it', async () => {
  const rewritten = await firstWords()
  await firefox.click(await firefox.find('[data-lectern-clone] h1 ~ p'))
  await bar.click('.mark:not(.unseen)')
  const authors = await firefox.evaluate(() =>
    document.querySelector('[data-lectern-hidden] h1 ~ p')?.textContent?.trim(),
  )
  expect([await firstWords(), rewritten === authors]).toEqual([authors, false])
  await bar.click('.mark:not(.unseen)')
  expect(await firstWords()).toBe(rewritten)
})

it('sends a report of the block that was clicked', async () => {
  await bar.click('.more')
  await bar.click('[role=menuitem]:last-of-type')
  await expect.poll(() => bar.isSeen('.dialog [type=checkbox]'), patient).toBe(true)
  await bar.click('.dialog [type=submit]')
  await expect.poll(() => bar.isSeen('.said'), patient).toBe(true)
  expect(await bar.isSeen('.dialog')).toBe(false)
  expect(await stack.api.database.orm.select().from(lessonReports)).toMatchObject([
    { kind: 'wrong_content', section: 1, block: 2, text: null },
  ])
  expect(await firefox.errors()).toEqual([])
})
