import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine, cleanLines, countWords, visibleText } from './clean-text.ts'

describe('clean text', () => {
  it.each([
    ['a line', cleanLine],
    ['lines', cleanLines],
  ])('of %s is a fixed point', (_, clean) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(clean(clean(text))).toBe(clean(text))
      }),
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

  it('counts words as a reader would', () => {
    expect(countWords("It's 3 o'clock, state-of-the-art.")).toBe(4)
    expect(countWords('机器学习入门 Python')).toBe(4)
    expect(countWords('یہ ایک سبق ہے')).toBe(4)
  })
})
