import { describe, expect, it } from 'vitest'
import { isAmong, numeralsOf, valuesOf } from './numerals.ts'

describe('numerals', () => {
  it.each([
    ['1,234.5 and 3', ['1234.5', '3']],
    ['1.234,5', ['1234.5']],
    ['۱٬۲۳۴٫۵', ['1234.5']],
    ['1 234,5', ['1234.5']],
    ['10,00,000', ['1000000']],
    ['१२', ['12']],
    ['3.14, 2024.', ['3.14', '2024']],
    ['version 3.11.2', ['3.11.2']],
    ['1.500', ['1500']],
    ['0,125', ['0125']],
    ['the 2nd of 3', ['2', '3']],
    ['no number', []],
  ])('of %s', (text, values) => {
    expect(numeralsOf(text).map(({ value }) => value)).toEqual(values)
  })

  it('may be pairs', () => {
    const pair = numeralsOf('(0,1)')[0]
    if (pair === undefined) throw new Error('one numeral expected')
    expect(isAmong(new Set(valuesOf(numeralsOf('(0, 1)'))), pair)).toBe(true)
    expect(isAmong(new Set(valuesOf(numeralsOf('0 and 2'))), pair)).toBe(false)
  })

  it('are ordinal where they count a place', () => {
    expect(numeralsOf('1st 2D 3rd 4').map(({ ordinal }) => ordinal)).toEqual([true, false, true, false])
  })
})
