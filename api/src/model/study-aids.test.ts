import { describe, expect, it } from 'vitest'
import { fillIn, keyTerm } from './study-aids.ts'

describe('study aids', () => {
  it('leave a gap in words alone, never in code or a formula', () => {
    expect(fillIn('The function calls `function` and $function$ once.')).toEqual({
      question: 'Which word is missing? The … calls `function` and $function$ once.',
      answer: 'function',
    })
  })

  it.each([
    ['A **loop** is a part of a program.', 'loop'],
    ['Linear algebra is the study of vectors.', 'Linear algebra'],
    ['Geometrically it is the slope of a line.', undefined],
    ['There is a way to do this.', undefined],
  ])('name the term that a sentence defines: %s', (sentence, term) => {
    expect(keyTerm(sentence)).toBe(term)
  })
})
