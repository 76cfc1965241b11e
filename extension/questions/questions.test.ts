import { describe, expect, it } from 'vitest'
import { locales } from '../locales/testing/messages-of.ts'
import { speak } from '../locales/testing/speak.ts'
import { questionFields, questionOf } from './questions.ts'

describe.each(locales)('the questions in %s', async (locale) => {
  it('have a word for each choice', async () => {
    await speak(locale)
    for (const question of questionFields.map(questionOf)) {
      expect([question.title, question.hint].every(Boolean)).toBe(true)
      for (const { value, label, note } of question.choices)
        expect([label, note ?? 'none'], `${question.field} ${value}`).not.toContain('')
    }
  })
})
