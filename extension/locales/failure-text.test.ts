import { type FailureCode, failureCodes } from '@lectern/shared'
import { expect, it } from 'vitest'
import { failureText } from './failure-text.ts'
import { locales, messagesOf } from './testing/messages-of.ts'
import { speak } from './testing/speak.ts'

const translated = Object.keys(await messagesOf('en')).flatMap(
  (key) => /^failures\.(.*)/.exec(key)?.[1] ?? [],
)

it('translates failures that there are', () => {
  expect(translated.length).toBeGreaterThan(20)
  for (const error of translated) expect(failureCodes).toContain(error)
})

it.each(locales.filter((locale) => locale !== 'en'))('says each in %s', async (locale) => {
  await speak(locale)
  for (const error of translated as FailureCode[])
    expect(failureText({ error, message: 'The API’s own.' }), error).not.toBe('The API’s own.')
})

it('keeps the API’s own words in English, and translates by code', async () => {
  const failure = { error: 'overloaded', message: 'Try again in 3 s.' } as const
  await speak('en')
  expect(failureText(failure)).toBe('Try again in 3 s.')
  await speak('de')
  expect(failureText(failure)).toMatch(/^Gerade fragen viele/)
})

it('shows a site’s own words as they stand, in every language', async () => {
  const failure = { error: 'site_denied', message: 'It denies.', words: 'Ask Ada.' } as const
  await speak('en')
  expect(failureText(failure)).toBe('It denies. “Ask Ada.”')
  await speak('ur')
  expect(failureText(failure)).toMatch(/^(?!It denies).+ “Ask Ada.”$/)
})
