import type { Block, ProseBlock } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { numbersOf, sectionFacts } from './block-facts.ts'
import { secretRuns } from './prompt-leak.ts'
import { rules } from './prompt-rules.ts'
import { type ValidationContext, validateBlock } from './validate-block.ts'

const source: ProseBlock = {
  kind: 'paragraph',
  text: 'The loop `for x in xs` runs 1,500 times; its cost $O(n)$ is explained in [chapter 3](#1), see {{1}} and press {{2}}.',
  atoms: [
    { type: 'footnote', text: '1' },
    { type: 'key', text: 'Enter' },
  ],
}
const blocks: Block[] = [
  source,
  { kind: 'code', text: 'print(total)' },
  { kind: 'math', text: 'T(n) = 2n + 7' },
]
const profile = { education_level: 'undergraduate', subject_background: 'none', language: 'en' } as const
const told = rules({ language: 'en', profile })
const facts = sectionFacts(blocks, ['Loops'])
const english: ValidationContext = {
  facts,
  lessonLanguage: 'en',
  language: 'en',
  secret: secretRuns(told, facts.text),
}
const check = (text: string, context = english, block = source) => {
  const result = validateBlock(text, block, context)
  return result.ok ? 'ok' : result.fault
}
const good =
  'A loop, `for x in xs`, goes round 1500 times. What that costs, $O(n)$, is in [chapter 3](#1) {{1}}; press {{2}}.'

describe('block validation', () => {
  it('lets a faithful rewrite pass in canonical form', () => {
    expect(check(good)).toBe('ok')
    expect(validateBlock(good.replace('. What', '.   What'), source, english)).toEqual(
      validateBlock(good, source, english),
    )
  })

  it.each([
    ['code_missing', good.replace('`for x in xs`', 'for')],
    ['code_missing', good.replace('for x in xs', 'for y in xs')],
    ['code_invented', `${good} Use \`while True\`.`],
    ['formula_missing', good.replace('$O(n)$', 'linear')],
    ['formula_invented', `${good} Or $O(n^2)$.`],
    ['link_missing', good.replace('[chapter 3](#1)', 'chapter 3')],
    ['atom_missing', good.replace('{{2}}', 'Enter')],
    ['atom_repeated', `${good} {{1}}`],
    ['number_missing', good.replace('1500', 'many')],
    ['number_invented', `${good} In 1999.`],
    ['markup', `${good} {{3}}`],
    ['markup', `${good} [a](#2)`],
    ['markup', `${good} <b>x</b>`],
    ['markup', `${good} https://evil.example/x`],
    ['too_long', `${good} ${'word '.repeat(100)}`],
    [
      'wrong_language',
      'یہ لوپ `for x in xs` کل 1500 بار چلتا ہے اور $O(n)$ کی وضاحت [باب 3](#1) میں ہے {{1}} {{2}}۔',
    ],
    ['prompt_leaked', `${good} ${/Say what the author says.*there\./.exec(told)?.[0]}`],
  ])('refuses %s', (fault, text) => {
    expect(check(text)).toBe(fault)
  })

  it('may quote code and formulas of the section, and count with one digit', () => {
    expect(check(`${good} Then \`total\` is $2n + 7$, in 2 steps.`)).toBe('ok')
  })

  it('refuses what drops most of a long block', () => {
    const long: ProseBlock = {
      kind: 'paragraph',
      text: 'one two three four five six seven eight nine ten eleven twelve thirteen',
    }
    expect(check('one two.', english, long)).toBe('too_short')
  })

  it('wants a translation in the script that was asked for', () => {
    const urdu = { ...english, language: 'ur' }
    const block: ProseBlock = {
      kind: 'paragraph',
      text: 'A derivative tells how fast a function changes at a point.',
    }
    expect(check('A derivative tells you how quickly a function changes.', urdu, block)).toBe(
      'wrong_language',
    )
    expect(check('Derivative بتاتا ہے کہ function کسی مقام پر کتنی تیزی سے بدلتا ہے۔', urdu, block)).toBe(
      'ok',
    )
  })
})

describe('numbers', () => {
  it.each([
    ['1,234.5 and 3', ['1234.5', '3']],
    ['۱٬۲۳۴٫۵', ['1234.5']],
    ['१२', ['12']],
    ['3.14, 2024.', ['3.14', '2024']],
    ['no number', []],
  ])('of %s', (text, numbers) => {
    expect(numbersOf(text)).toEqual(numbers)
  })
})
