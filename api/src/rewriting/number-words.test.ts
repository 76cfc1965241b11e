import { describe, expect, it } from 'vitest'
import { numbersInWords } from './number-words.ts'

describe('numbers in words', () => {
  it.each([
    ['twelve items, a hundred or two thousand', ['12', '100', '2000']],
    ['two hundred and five', ['205']],
    ['Twenty-one million three hundred thousand', ['21300000']],
    ['a dozen often', ['12']],
    ['no number', []],
  ])('of %s', (text, numbers) => {
    expect(numbersInWords(text)).toEqual(numbers)
  })
})
