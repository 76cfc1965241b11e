import { Preferences } from '@lectern/shared'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { answersOf, firstDraft, isAnswered, withSafeAnswers } from './draft.ts'

describe('a draft', () => {
  it.each([
    ['de-AT', { preferred_language: 'de' }],
    ['ur', { preferred_language: 'ur' }],
    ['xx', {}],
  ])('begins with the browser’s language: %s', (browser, draft) => {
    expect(firstDraft(browser)).toEqual(draft)
  })

  it('is complete with safe answers, and keeps the given ones', () => {
    const answers = withSafeAnswers({ preferred_language: 'ur' })
    expect(answers.preferred_language).toBe('ur')
    expect(Value.Check(Preferences, answers)).toBe(true)
    expect(answersOf(answers)).toEqual(answers)
  })

  it('knows what is missing: an empty choice too', () => {
    const draft = { ...withSafeAnswers({}), learning_goals: [] }
    expect([isAnswered(draft, 'learning_goals'), isAnswered(draft, 'education_level')]).toEqual([false, true])
    expect(answersOf(draft)).toBeUndefined()
    expect(withSafeAnswers(draft).learning_goals).toEqual(['hobby'])
  })
})
