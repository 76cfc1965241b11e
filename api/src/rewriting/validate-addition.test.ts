import type { Block } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { sectionFacts } from './block-facts.ts'
import { validateAddition } from './validate-addition.ts'
import type { ValidationContext } from './validate-block.ts'

const blocks: Block[] = [
  { kind: 'paragraph', text: 'The ring $\\ZZ[x]$ is of polynomials.' },
  { kind: 'math', text: 'f(x)=x^2' },
]
const context: ValidationContext = {
  facts: sectionFacts(blocks, []),
  lessonLanguage: 'en',
  language: 'en',
  terms: [],
  secret: new Set(),
}
const example = (text: string) =>
  validateAddition({ kind: 'example', after: 2, text }, blocks, ['example', 'check'], context)?.inline

describe('the formulas of an addition', () => {
  it.each([
    ['of its own', 'Take 3: it gives $\\frac{9-1}{2}=4$.'],
    ['of the section', 'So $f(x)=x^2$ rises.'],
    ['of the section, with a command that its page defines', 'The ring $\\ZZ[x]$ is large.'],
  ])('may be %s', (_, text) => {
    expect(example(text)).toBe(text)
  })

  it.each([
    ['TeX that is none', 'It is $\\frac{9-1}$.'],
    ['a command that nobody defines', 'The ring $\\QQ$ is larger.'],
    ['a part of a formula that does not stand alone', 'It is $\\ZZ[$ open.'],
    ['a link', 'It is $\\href{https://example.org}{x}$.'],
    ['an image', 'It is $\\includegraphics{x}$.'],
    ['a definition', 'It is $\\def\\a{x}\\a$.'],
    ['columns without number', 'It is $\\begin{alignedat}{999999999}x\\end{alignedat}$.'],
    ['more than 300 characters', `It is $${'x+'.repeat(150)}x$.`],
  ])('are never %s', (_, text) => {
    expect(example(text)).toBeUndefined()
  })

  it('are checked in the answer, too', () => {
    const check = (answer: string) =>
      validateAddition(
        { kind: 'check', after: 2, text: 'How much is it?', answer },
        blocks,
        ['check'],
        context,
      )
    expect(check('It is $\\frac{1}{2}$.')?.answer).toBe('It is $\\frac{1}{2}$.')
    expect(check('It is $\\frac{1}$.')).toBeUndefined()
  })
})
