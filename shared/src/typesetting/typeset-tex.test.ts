import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { processorTime } from '../testing/processor-time.ts'
import { isMathNode, type MathNode } from './math-node.ts'
import { typesetTex } from './typeset-tex.ts'

/** A tree as a line: `mfrac(mi(a) mi(b))`; looks in brackets. */
function line(node: MathNode | string): string {
  if (typeof node === 'string') return node
  const looks = node.attributes?.['data-lectern-look']
  return `${node.name}${looks === undefined ? '' : `[${looks}]`}(${node.children.map(line).join(' ')})`
}

function typeset(tex: string): string | undefined {
  const math = typesetTex(tex)
  return math?.children.map(line).join(' ')
}

describe('a formula', () => {
  it.each([
    ['\\frac{a}{b}', 'mfrac(mi(a) mi(b))'],
    ['\\dfrac12', 'mstyle(mfrac(mn(1) mn(2)))'],
    ['\\sqrt{2}', 'msqrt(mn(2))'],
    ['\\sqrt[3]{x}', 'mroot(mrow(mi(x) mspace()) mn(3))'],
    ['x_i^2', 'msubsup(mi(x) mi(i) mn(2))'],
    ['{}^{14}_{6}C', 'mrow(msubsup(mrow() mn(6) mn(14)) mi(C))'],
    ['\\alpha\\beta', 'mrow(mi(α) mi(β))'],
    ['\\sum_{i=1}^n i', 'mrow(msubsup(mo(∑) mrow(mi(i) mo(=) mn(1)) mi(n)) mi(i))'],
    ['9.8\\cdot 0.5', 'mrow(mn(9.8) mo(⋅) mn(0.5))'],
    ['1{,}000', 'mn(1,000)'],
    ['50\\%', 'mrow(mn(50) mi(%))'],
    ["f'(x)", 'mrow(msup(mi(f) mo(′)) mrow(mo(() mi(x) mo())))'],
    ['5\\,\\text{m}', 'mrow(mn(5) mspace() mtext(m))'],
    ['\\text{if $x$ is}', 'mrow(mtext(if\u00a0) mi(x) mtext(\u00a0is))'],
    ['\\mathbb{R}\\mathbf{v}', 'mrow(mi(ℝ) mi(𝐯))'],
    ['π ≤ 3', 'mrow(mi(π) mo(≤) mn(3))'],
    ['\\text{نص}', 'mtext(نص)'],
    ['a<b', 'mrow(mi(a) mo(<) mi(b))'],
    ['\\ce{H2O}', 'mrow(mrow(mi(H) mspace()) msub(mrow() mn(2)) mrow(mi(O) mspace()))'],
    [
      '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}',
      'mrow(mo(() mtable(mtr(mtd(mn(1)) mtd(mn(2))) mtr(mtd(mn(3)) mtd(mn(4)))) mo()))',
    ],
    [
      '\\begin{cases}1&a\\\\2&b\\end{cases}',
      'mrow(mo({) mtable(mtr(mtd[left tight](mn(1)) mtd[left](mi(a))) mtr(mtd[left tight](mn(2)) mtd[left](mi(b)))) mo())',
    ],
    [
      '\\begin{array}{r|l}a&b\\\\\\hline c&d\\end{array}',
      'mtable(mtr(mtd[right under after](mi(a)) mtd[left under](mi(b))) mtr(mtd[right after](mi(c)) mtd[left](mi(d))))',
    ],
    ['\\overline{z}', 'mrow[over](mi(z))'],
    ['\\boxed{42}', 'mrow[over under before after](mn(42))'],
    ['\\cancel{x}', 'mrow[up](mi(x))'],
    ['\\xcancel{x}', 'mrow[up down](mi(x))'],
    ['\\pmb{x}', 'mstyle[bold](mi(x))'],
    ['\\color{red}x', 'mrow(mi(x))'],
  ])('%s', (tex, expected) => {
    expect(typeset(tex)).toBe(expected)
  })

  it('has accents as large as what they stand on', () => {
    expect(typesetTex('\\hat{x}')?.children).toMatchObject([
      { name: 'mover', attributes: { accent: 'true' } },
    ])
    expect(typesetTex('\\underbrace{x}')?.children).toMatchObject([
      { name: 'munder', attributes: { accentunder: 'true' } },
    ])
  })

  it('may break behind its operators when it is long, words apart from them', () => {
    expect(typeset('\\text{average speed} = 9.8 + 4.9\\cdot 0.5 = 12.25')).toBe(
      'mrow(mi(average\u00a0speed) mo(=)) mrow(mn(9.8) mo(+)) mrow(mn(4.9) mo(⋅)) mrow(mn(0.5) mo(=)) mrow(mn(12.25))',
    )
    expect(typesetTex('a = b + c = d')?.children).toHaveLength(1)
  })
})

describe('what is no formula gives nothing', () => {
  it.each([
    ['blanks', ' '],
    ['a brace that is left open', '{x'],
    ['a command that is none', '\\foo'],
    ['a missing argument', '\\frac{1}'],
    ['two superscripts', 'x^2^3'],
    ['TeX that Temml fails on', '\\hat_{x}'],
    ['a link', '\\href{javascript:alert(1)}{x}'],
    ['a good link', '\\href{https://example.org}{x}'],
    ['an address', '\\url{https://example.org}'],
    ['a reference', '\\ref{a}'],
    ['a label', '\\label{a}x'],
    ['a style', '\\style{position:fixed}{x}'],
    ['a style of KaTeX', '\\htmlStyle{position:fixed}{x}'],
    ['a class', '\\class{a}{x}'],
    ['an id', '\\id{a}{x}'],
    ['an attribute', '\\data{a=b}{x}'],
    ['an image', '\\includegraphics{https://example.org/x.png}'],
    ['a toggle', '\\toggle{a}{b}\\endtoggle'],
    ['a tooltip', '\\texttip{x}{y}'],
    ['text over other text', '\\llap{x}y'],
    ['text mirrored', '\\reflectbox{x}'],
    ['a strike that is not drawn', '\\cancelto{0}{x}'],
    ['a division that is not drawn', '\\longdiv{10}'],
    ['a black bar', '\\rule{1em}{1em}'],
    ['a comment', '50% x'],
    ['a comment behind a new line', 'a\\\\% x'],
    ['a character by its number', '\\char"202E'],
    ['verbatim text, in which all else could hide', '\\verb\\x\\\\def\\a{x}\\a'],
    ['a definition', '\\def\\a{x}\\a'],
    ['a global definition', '\\global\\def\\a{x}\\a'],
    ['another name', '\\let\\a=x\\a'],
    ['a new command', '\\newcommand{\\a}{x}\\a'],
    ['an environment for display', '\\begin{align}x\\end{align}'],
  ])('%s', (_, tex) => {
    expect(typesetTex(tex)).toBeUndefined()
  })
})

describe('what would take for ever ends at once', () => {
  const nested = (open: string, close: string, times: number) =>
    `${open.repeat(times)}x${close.repeat(times)}`

  it.each([
    ['10,000 braces', nested('{', '}', 10_000)],
    ['10,000 fractions', '\\frac'.repeat(10_000)],
    ['100,000 letters', 'x'.repeat(100_000)],
    ['braces within a thousand characters', nested('{', '}', 400)],
    ['a definition of itself', '\\def\\a{\\a\\a}\\a'],
    ['definitions that double', '\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}'],
    ['a command that is built twice', nested('\\mathllap{', '}', 30)],
    ['arrows that are built twice', nested('\\equilibriumRight{', '}', 30)],
    ['chemical arrows', nested('\\ce{<=>>[', ']}', 30)],
    ['columns without number', '\\begin{alignedat}{999999999}x\\end{alignedat}'],
    ['columns of chemistry', '\\ce{$\\begin{alignedat}{999999999}x\\end{alignedat}$}'],
  ])('%s', (_, tex) => {
    expect(processorTime(() => expect(typesetTex(tex)).toBeUndefined())).toBeLessThan(1000)
  })

  it.each([
    ['tables', nested('\\begin{matrix}', '\\end{matrix}', 30)],
    ['brackets', nested('\\left(', '\\right)', 60)],
    ['scripts', 'x_{a_{b_{c_{d_{e_{f_{g_{h_{i}}}}}}}}}'],
    ['accents', nested('\\hat{', '}', 10)],
  ])('nested %s', (_, tex) => {
    expect(processorTime(() => typesetTex(tex))).toBeLessThan(1000)
  })

  it('whatever the text, and gives a formula of the closed lists or nothing', () => {
    const commands =
      '\\frac \\sqrt \\hat \\text{ \\left( \\right) \\begin{matrix} \\end{matrix} \\ce{ \\overline \\def \\href \\style { } ^ _ & \\\\ $ % # x 1 + = < ~'
    const anyTex = fc
      .array(fc.oneof(fc.constantFrom(...commands.split(' ')), fc.string({ unit: 'grapheme', maxLength: 3 })))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(anyTex, (tex) => {
        const math = typesetTex(tex)
        expect(math === undefined || isMathNode(math)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

it('leaves nothing behind for the next formula', () => {
  typesetTex('\\gdef\\leftover{x}\\leftover')
  typesetTex('\\begin{matrix}a\\\\b')
  expect(typesetTex('\\leftover')).toBeUndefined()
  expect(typeset('a')).toBe('mi(a)')
})
