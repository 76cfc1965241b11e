import type { MathNode } from '@lectern/shared'
import { typesetTex } from '@lectern/shared/typesetting'
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { mathElement } from './math-element.ts'

const { document } = new JSDOM('<!doctype html>').window
const mathNamespace = 'http://www.w3.org/1998/Math/MathML'

function build(tex: string): Element {
  const math = typesetTex(tex)
  if (math === undefined) throw new Error(`${tex} does not typeset`)
  return mathElement(document, math) as Element
}

it('builds a formula of MathML’s own elements', () => {
  const element = build('\\frac{a}{\\sqrt{2}}<\\overline{z}')
  expect(element.outerHTML).toBe(
    '<math data-lectern-math=""><mrow><mfrac><mi>a</mi><msqrt><mn>2</mn></msqrt></mfrac><mo>&lt;</mo><mrow data-lectern-look="over"><mi>z</mi></mrow></mrow></math>',
  )
  const all = [element, ...element.querySelectorAll('*')]
  expect(all.every(({ namespaceURI }) => namespaceURI === mathNamespace)).toBe(true)
})

it('shows text as text', () => {
  const element = build('\\text{<b>\\&amp;<script>}')
  expect(element.querySelectorAll('b, script').length).toBe(0)
  expect(element.textContent).toBe('<b>&amp;<script>')
})

describe('builds nothing of', () => {
  const formula = (child: unknown) => ({ name: 'math', children: [child] }) as MathNode
  const mi = (attributes: object) => formula({ name: 'mi', attributes, children: ['x'] })

  it.each([
    ['an element that is not MathML’s', formula({ name: 'script', children: ['alert(1)'] })],
    ['HTML within', formula({ name: 'annotation-xml', children: [] })],
    ['an action', formula({ name: 'maction', children: [] })],
    ['a link', mi({ href: 'https://example.org' })],
    ['a style', mi({ style: 'position:fixed' })],
    ['a handler', mi({ onclick: 'alert(1)' })],
    ['a value that is none', mi({ width: 'url(https://example.org)' })],
    ['a formula that is none', { name: 'mi', children: ['x'] } as MathNode],
    ['more than a formula holds', { name: 'math', children: Array(3000).fill('x') } as MathNode],
  ])('%s', (_, math) => {
    expect(mathElement(document, math)).toBeUndefined()
  })
})
