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

describe('the language of an addition', () => {
  const course: Block[] = [
    {
      kind: 'paragraph',
      text: 'In Spanish, "Quiero que vengas a mi casa mañana por la tarde" has a subjunctive.',
    },
  ]
  const says = (text: string, language: string, of = blocks) =>
    validateAddition({ kind: 'example', after: 1, text }, of, ['example'], {
      ...context,
      facts: sectionFacts(of, []),
      language,
    })?.inline

  it.each([
    ['en', 'A polynomial of the second degree has three coefficients, and one of them is not zero.'],
    ['de', 'Ein polynomial vom Grad zwei hat drei Koeffizienten, und einer davon ist nicht null.'],
    ['ur', 'دو درجے کے polynomial کے تین coefficients ہوتے ہیں، جن میں سے ایک صفر نہیں ہوتا۔'],
  ])('is %s where that is asked for', (language, text) => {
    expect(says(text, language)).toBe(text)
    expect(['en', 'de', 'ur', 'es'].filter((other) => says(text, other) !== undefined)).toEqual([language])
  })

  it("may quote the section's words in another", () => {
    const text = 'Compare "quiero que vengas a mi casa mañana por la tarde" with a plain wish of yours.'
    expect(says(text, 'en', course)).toBe(text)
    expect(
      says('Quiero decir que esto no es inglés, y que nadie lo ha pedido aquí.', 'en', course),
    ).toBeUndefined()
  })
})
