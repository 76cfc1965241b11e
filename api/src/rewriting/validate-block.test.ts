import type { Block, ProseBlock } from '@lectern/shared'
import { processorTime } from '@lectern/shared/testing'
import { describe, expect, it } from 'vitest'
import { sectionFacts } from './block-facts.ts'
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
const told = rules({ language: 'en', profile, adjustment: 0, variant: 0 })
const facts = sectionFacts(blocks, ['Loops'])
const english: ValidationContext = {
  facts,
  lessonLanguage: 'en',
  language: 'en',
  terms: [],
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

  it.each<[fault: string, text: string]>([
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
    ['markup', `${good} &nbsp;`],
    ['markup', `${good} That is **important.`],
    ['markup', `${good} \\frac{1}{2}`],
    ['formula_invented', `${good} Or $T(n$, or $\\frac{2n + 7$.`],
    ['number_invented', `${good} Or $99$.`],
    ['markup', `${good} https://evil.example/x`],
    ...[
      'ftp://evil.org',
      'javascript:alert(1)',
      'evil.com',
      'me@evil.org',
      'evil.io/login',
      'data:text/html,x',
    ].map((address): [string, string] => ['markup', `${good} See ${address} now.`]),
    ...['a\ufe01b', '\u3164', '\ue000', '\u{10abcd}', '__bold__', '~~gone~~', '<|im_start|>', '[INST]'].map(
      (mark): [string, string] => ['markup', `${good} ${mark}`],
    ),
    ['too_long', `${good} ${'word '.repeat(100)}`],
    [
      'wrong_language',
      'یہ لوپ `for x in xs` کل 1500 بار چلتا ہے اور $O(n)$ کی وضاحت [باب 3](#1) میں ہے {{1}} {{2}}۔',
    ],
    ['prompt_leaked', `${good} ${/Say what the author says.*there\./.exec(told)?.[0]}`],
  ])('refuses %s', (fault, text) => {
    expect(check(text)).toBe(fault)
  })

  it('takes no longer for a long run of letters than for words', () => {
    const runs = ['a', 'a.', 'a-', '.', '//', 'a://'].map((run) => `${good} ${run.repeat(50_000)}`)
    expect(processorTime(() => runs.map((text) => check(text)))).toBeLessThan(3000)
  })

  it('strips what nobody sees', () => {
    const hidden = ['\u200b', '\u2060', '\ufeff', '\u202e', '\u2066', '\u{e0041}', '\u00ad'].join('')
    expect(validateBlock(good.replace('round', `ro${hidden}und`), source, english)).toEqual(
      validateBlock(good, source, english),
    )
  })

  it.each(['No. 3.5/2 e.g./i.e. and/or', 'a.b.c and obj.field', 'ratio 1:2, note: data: none'])(
    'takes no words for an address: %s',
    (words) => {
      const block: ProseBlock = { kind: 'paragraph', text: `It says ${words}.` }
      expect(
        check(`What it says is ${words}.`, { ...english, facts: sectionFacts([], ['3.5 2 3 1']) }, block),
      ).toBe('ok')
    },
  )

  it('may quote code and formulas of the section, and count with one digit', () => {
    expect(check(`${good} Then \`total\` is $2n + 7$, in 2 steps.`)).toBe('ok')
  })

  it('refuses what drops most of a long block', () => {
    const long: ProseBlock = {
      kind: 'paragraph',
      text: 'one two three four five six seven eight nine ten eleven twelve thirteen',
    }
    expect(check('one two.', english, long)).toBe('too_short')
    const short: ProseBlock = { kind: 'list_item', text: 'Never change a test only to make it pass.' }
    expect(check('Sure!', english, short)).toBe('too_short')
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

describe('the language of a rewrite', () => {
  const block: ProseBlock = {
    kind: 'paragraph',
    text: 'A derivative tells how fast a function changes at a point of its domain.',
  }
  it.each([
    [
      'another language than the lesson',
      'en',
      'Eine Ableitung sagt, wie schnell sich eine Funktion an einem Punkt ändert.',
    ],
    ['the wrong translation', 'de', 'Una derivada dice con qué rapidez cambia una función en un punto.'],
    ['no translation', 'es', 'A derivative says how quickly some function is changing at one point.'],
    ['nearly the words of the author', 'es', 'A derivative tells how quickly a function changes at a point.'],
    [
      'a part in another language',
      'en',
      `${block.text} Und dann noch ein ganzer Satz, den niemand hier haben wollte.`,
    ],
  ])('may not be %s', (_, language, text) => {
    expect(check(text, { ...english, language }, block)).toBe('wrong_language')
  })

  it.each([
    ['en', 'A derivative measures the speed of change of a function, point by point.'],
    ['de', 'Eine derivative sagt, wie schnell sich eine function in einem Punkt ihrer domain ändert.'],
    ['es', 'Una derivative dice con qué rapidez cambia una function en un punto de su domain.'],
    ['pt', 'Uma derivative diz com que rapidez uma function muda em um ponto do seu domain.'],
  ])('may be %s with the terms of the lesson', (language, text) => {
    expect(check(text, { ...english, language }, block)).toBe('ok')
  })
})

/** A lesson's block, a language, and a rewrite of it that says the same. */
type Faithful = [language: string, source: string, rewrite: string, lessonLanguage?: string]

describe('a faithful rewrite passes', () => {
  it.each<Faithful>([
    ['en', 'It runs while $i<n$ holds.', 'As long as $i<n$, it goes on and on.'],
    [
      'en',
      'Write `#include <stdio.h>` first, then `i<n`.',
      'First `#include <stdio.h>`, and after it `i<n`.',
    ],
    ['zh', 'If $a<b$ then the interval is not empty.', '如果 $a<b$，那么这个区间就不是空的。'],
    ['en', 'See https://x.org/a for more.', 'More is on https://x.org/a, as it is called.'],
    ['en', 'The numbers approach 9.8 as $h$ falls.', 'As $h$ falls to $0$, the numbers come near 9.8.'],
    ['en', 'The 2nd law is from 1687.', 'It was in 1687 that the second law came.'],
    ['ur', 'The 3rd law of Newton is from 1687.', 'Newton کا تیسرا قانون 1687 کا ہے۔'],
    ['zh', 'It holds twelve items, a hundred or two thousand.', '它可以有 12 个、100 个或 2000 个元素。'],
    ['en', 'Plot (0,1) and (2,5) in the plane.', 'Put the points (0, 1) and (2, 5) into the plane.'],
    ['de', 'It runs 1,500 times and takes 0.125 s.', 'Sie läuft 1.500 Mal und braucht 0,125 s.'],
    ['fr', 'The city grew from 1,000,000 in 1990.', 'La ville comptait 1 000 000 habitants en 1990.'],
    ['hi', 'The city had 1,000,000 people.', 'उस शहर में 10,00,000 लोग रहते थे।'],
    ['ar', 'The chance is 0.125, or 1 in 8.', 'الاحتمال هو ٠٫١٢٥، أي ١ من ٨.'],
    ['en', 'Hier leben 83.200.000 Menschen.', 'Some 83,200,000 people live here.', 'de'],
    ['en', 'The words λόγος, λέγω, φιλοσοφία and σοφία are Greek.', 'Greek: λόγος, λέγω, φιλοσοφία, σοφία.'],
    ['tr', 'Step 1: set up a new environment.', '1. Adım: Yeni bir ortam kurun.'],
    ['en', 'Run it, then compare what you see.', '- Run it; then compare what you see.'],
  ])('%s: %s', (language, text, rewrite, lessonLanguage = 'en') => {
    const block: ProseBlock = { kind: 'paragraph', text }
    const context = {
      facts: sectionFacts([block], []),
      lessonLanguage,
      language,
      terms: [],
      secret: new Set<string>(),
    }
    expect(validateBlock(rewrite, block, context)).toMatchObject({ ok: true })
  })

  it('for headings and cells, which may be terms but for a word', () => {
    const urdu = { ...english, language: 'ur' }
    const heading: ProseBlock = { kind: 'heading', level: 1, text: 'Forward kinematics of a two-link arm' }
    expect(check('Two-link arm کی forward kinematics', urdu, heading)).toBe('ok')
    expect(check('The forward kinematics of a two-link arm', urdu, heading)).toBe('wrong_language')
    const cell: ProseBlock = { kind: 'cell', text: 'the ones for this file' }
    expect(check('اس file کے tests', urdu, cell)).toBe('ok')
  })

  it('without the sign that Markdown has for its kind', () => {
    const item: ProseBlock = { kind: 'list_item', text: 'Divide both sides.' }
    expect(validateBlock('2. Divide each side.', item, english)).toMatchObject({
      inline: 'Divide each side.',
    })
  })
})
