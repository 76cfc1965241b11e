import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine, cleanLines, countWords, visibleText } from './clean-text.ts'
import { processorTime } from './testing/processor-time.ts'

describe('clean text', () => {
  it.each([
    ['a line', cleanLine],
    ['lines', cleanLines],
  ])('of %s is a fixed point', (_, clean) => {
    const noise = fc.string({ unit: fc.constantFrom(...'aم👩\u0301\u0344\u0316\u200c\u200d\u200b \t\n\r') })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), noise), (text) => {
        expect(clean(clean(text))).toBe(clean(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('drops what no reader sees', () => {
    const tags = [...'ignore'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
    expect(visibleText(`a${tags}b\u200bc\u202ed\ufeff\u00ad\ud800`)).toBe('abcd\ufffd')
  })

  it('keeps joiners where they are spelling', () => {
    expect(visibleText('می\u200cخواهم 👩\u200d🔬 क्\u200dष')).toBe('می\u200cخواهم 👩\u200d🔬 क्\u200dष')
    expect(visibleText('pa\u200dy \u200cnow')).toBe('pay now')
  })

  it('composes what looks alike, so that it hashes alike', () => {
    expect(cleanLine('Cafe\u0301\n  noir ')).toBe('Café noir')
  })

  it('leaves code as it is but for its edges', () => {
    expect(cleanLines('\n\n  if a:\r\n\treturn  \n\n')).toBe('  if a:\n\treturn')
  })

  it.each<[string, string]>([
    ['blanks within a line', `a${' '.repeat(100_000)}b`],
    ['empty lines within', `a${'\n'.repeat(100_000)}b`],
    ['marks on one letter', `a${'\u0301\u0316'.repeat(50_000)}`],
    ['joiners between marks', `a${'\u0301\u200d'.repeat(50_000)}`],
  ])('takes linear time for many %s', (_, text) => {
    const read = () => [cleanLines(text), cleanLine(text)]
    expect(processorTime(read)).toBeLessThan(2000)
  })

  it('counts words as a reader would', () => {
    expect(countWords("It's 3 o'clock, state-of-the-art.")).toBe(4)
    expect(countWords('机器学习入门 Python')).toBe(4)
    expect(countWords('یہ ایک سبق ہے')).toBe(4)
    expect(countWords('a - b __ 2')).toBe(3)
    expect(countWords("- … ' _")).toBe(0)
  })
})
