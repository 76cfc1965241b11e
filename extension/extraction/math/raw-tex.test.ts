import { processorTime } from '@lectern/shared/testing'
import { expect, it } from 'vitest'
import { bareTex, findRawTex, wholeRawTex } from './raw-tex.ts'

it('finds the formulas of a text in order', () => {
  const text = 'a \\(x\\), \\[y\\] and $$z$$; \\begin{align*}w\\end{align*}'
  expect(findRawTex(text).map(({ tex, display }) => [tex, display])).toEqual([
    ['x', false],
    ['y', true],
    ['z', true],
    ['\\begin{align*}w\\end{align*}', true],
  ])
})

it.each(['costs $5 or $6', 'f(x) [y]', '\\( without an end', '\\(\\)', '\\begin{align}x\\end{equation}'])(
  'finds none in %s',
  (text) => {
    expect(findRawTex(text)).toEqual([])
  },
)

it('finds formulas in single dollars only where the page asks for them', () => {
  const text = 'It costs $5 or $6, and $x^2$ is $$y$$ or $a\\$b$.'
  expect(findRawTex(text).map(({ tex }) => tex)).toEqual(['y'])
  expect(findRawTex(text, true).map(({ tex }) => tex)).toEqual(['5 or $6, and $x^2', 'y', 'a\\$b'])
  expect(findRawTex('from $5 to $6', true)).toEqual([])
})

it('knows a text that is one formula', () => {
  expect(wholeRawTex(' \\[x\\], ')?.tex).toBe('x')
  expect(wholeRawTex('so \\[x\\]')).toBeUndefined()
  expect(wholeRawTex('\\(x\\) \\(y\\)')).toBeUndefined()
})

it('bares TeX of its delimiters', () => {
  expect(bareTex('\n{\\displaystyle x\n +y}')).toBe('x +y')
  expect(bareTex('\\(x\\)')).toBe('x')
})

it.each(['$', '$a ', '\\(', '\\[x', '$$a', '\\begin{align}', '\\(x\\)'])(
  'reads 200 000 characters of %s in linear time',
  (part) => {
    const text = part.repeat(200_000 / part.length)
    expect(processorTime(() => findRawTex(text))).toBeLessThan(2000)
  },
)
