import type { ProseBlock } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { WordBudget } from './word-budget.ts'

const words = (count: number): ProseBlock => ({ kind: 'paragraph', text: 'word '.repeat(count).trim() })
const sources = new Map([1, 2, 3, 4].map((block) => [block, words(50)]))
const profile = { education_level: 'undergraduate', subject_background: 'advanced', language: 'en' } as const
const budget = () => new WordBudget({ language: 'en', profile, adjustment: 0 }, sources)

describe('the words of a section', () => {
  it('are shared out: one verbose block takes nothing from the others', () => {
    const section = budget()
    expect(section.take(1, 121)).toBe(false)
    expect(section.take(1, 120)).toBe(true)
    expect([2, 3, 4].map((block) => section.take(block, 60))).toEqual([true, true, true])
    expect(section.take(4, 61)).toBe(false)
  })

  it('that a block leaves are there for the next', () => {
    const section = budget()
    expect(section.take(1, 20)).toBe(true)
    section.keep(2)
    expect(section.take(3, 170)).toBe(true)
    expect(section.take(4, 60)).toBe(true)
  })

  it('of a block that comes again count once', () => {
    const section = budget()
    expect([section.take(1, 110), section.take(1, 120), section.take(1, 121)]).toEqual([true, true, false])
  })
})
