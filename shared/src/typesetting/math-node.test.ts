import { describe, expect, it } from 'vitest'
import { isMathNode } from './math-node.ts'

const mi = (attributes: unknown) => ({
  name: 'math',
  children: [{ name: 'mi', attributes, children: ['x'] }],
})
const nest = (depth: number): unknown => (depth === 0 ? 'x' : { name: 'mrow', children: [nest(depth - 1)] })

describe('a formula as data', () => {
  it.each([
    [{ name: 'math', children: ['x'] }],
    [{ name: 'math', attributes: { displaystyle: 'true' }, children: [] }],
    [mi({ mathvariant: 'normal' })],
    [mi({ width: '-0.1667em' })],
    [mi({ height: '+.5ex' })],
    [mi({ 'data-lectern-look': 'over under' })],
    [{ name: 'math', children: [nest(30)] }],
  ])('is taken: %j', (value) => {
    expect(isMathNode(value)).toBe(true)
  })

  it.each([
    [undefined],
    [null],
    ['<math>'],
    [[]],
    [{ name: 'math' }],
    [{ name: 'mi', children: [] }],
    [{ name: 'constructor', children: [] }],
    [{ name: 'math', children: [7] }],
    [{ name: 'math', children: [null] }],
    [{ name: 'math', children: [{ name: 'math', children: [] }] }],
    [{ name: 'math', children: [{ name: 'script', children: ['alert(1)'] }] }],
    [{ name: 'math', children: [{ name: 'maction', children: [] }] }],
    [{ name: 'math', children: [{ name: 'annotation-xml', children: [] }] }],
    [{ name: 'math', children: [{ name: 'MI', children: [] }] }],
    [mi(null)],
    [mi('href')],
    [mi({ href: 'javascript:alert(1)' })],
    [mi({ 'xlink:href': 'https://example.org' })],
    [mi({ style: 'color: red' })],
    [mi({ class: 'a' })],
    [mi({ id: 'a' })],
    [mi({ onclick: 'alert(1)' })],
    [mi({ mathvariant: 'bold' })],
    [mi({ width: '100em' })],
    [mi({ width: '1em; x' })],
    [mi({ width: 1 })],
    [mi({ constructor: 'true' })],
    [mi({ 'data-lectern-look': 'over url(x)' })],
    [mi({ 'data-lectern-look': '' })],
    [mi({ 'data-lectern-look': 'over ' })],
    [{ name: 'math', children: [nest(50)] }],
    [{ name: 'math', children: Array(3000).fill('x') }],
  ])('is refused: %j', (value) => {
    expect(isMathNode(value)).toBe(false)
  })

  it('is refused at 100,000 levels, too, without a call for each', () => {
    let node: unknown = 'x'
    for (let depth = 0; depth < 100_000; depth++) node = { name: 'mrow', children: [node] }
    expect(isMathNode({ name: 'math', children: [node] })).toBe(false)
  })
})
