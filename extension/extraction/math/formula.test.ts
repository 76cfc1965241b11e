// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { blockLines } from '../fixture-lesson.ts'

const mathml = '<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>'
const katex = (tex: string) =>
  `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>` +
  `<annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span>` +
  '<span class="katex-html" aria-hidden="true"><span>x</span></span></span>'

describe('formulas in a line', () => {
  it.each<[string, string, string]>([
    ['raw TeX', '\\(\\frac{a}{b}\\)', '\\frac{a}{b}'],
    ['Pandoc', '<span class="math inline">\\(\\frac{a}{b}\\)</span>', '\\frac{a}{b}'],
    ['Pandoc for KaTeX', '<span class="math inline">\\frac{a}{b}</span>', '\\frac{a}{b}'],
    ['KaTeX', katex('\\frac{a}{b}'), '\\frac{a}{b}'],
    [
      'MathJax 2',
      '<span class="MathJax_Preview"></span><span class="MathJax" id="M-1-Frame"><span>ab</span></span>' +
        '<script type="math/tex" id="M-1">\\frac{a}{b}</script>',
      '\\frac{a}{b}',
    ],
    ['MathJax 2 before it ran', '<script type="math/tex">\\frac{a}{b}</script>', '\\frac{a}{b}'],
    [
      'MathJax 3',
      `<mjx-container><svg></svg><mjx-assistive-mml>${mathml}</mjx-assistive-mml></mjx-container>`,
      '\\frac{a}{b}',
    ],
    [
      'MathJax 4',
      '<mjx-container><math data-latex="\\frac{a}{b}"><mi>a</mi></math></mjx-container>',
      '\\frac{a}{b}',
    ],
    [
      'Material for MkDocs',
      `<span class="arithmatex"><mjx-container>${mathml}</mjx-container></span>`,
      '\\frac{a}{b}',
    ],
    ['MathML', mathml, '\\frac{a}{b}'],
    ['LaTeXML', '<math alttext="\\frac{a}{b}"><mi>a</mi></math>', '\\frac{a}{b}'],
    [
      'MediaWiki',
      '<span class="mwe-math-element"><span style="display: none"><math alttext="{\\displaystyle a}"><mi>a</mi></math></span>' +
        '<img alt="{\\displaystyle a}" aria-hidden="true"></span>',
      'a',
    ],
    ['an image with its source', '<img class="latex" alt="\\frac{a}{b}">', '\\frac{a}{b}'],
  ])('reads %s', (_, html, tex) => {
    expect(blockLines(`<p>Let ${html} be so.</p>`)).toEqual([`paragraph: Let $${tex}$ be so.`])
  })
})

describe('formulas set off from the text', () => {
  it.each<[string, string, string]>([
    ['raw TeX in brackets', '<p>\\[ x^2 \\]</p>', 'x^2'],
    ['raw TeX in dollars', '<p>$$x^2$$</p>', 'x^2'],
    ['an environment', '<p>\\begin{align}x\\end{align}</p>', '\\begin{align}x\\end{align}'],
    ['Sphinx with a number', '<div class="math"><span class="eqno">(1)</span>\\[x^2\\]</div>', 'x^2'],
    ['KaTeX', `<span class="katex-display">${katex('x^2')}</span>`, 'x^2'],
    [
      'MathJax 2',
      '<div class="MathJax_Display"><span class="MathJax">x</span></div><script type="math/tex; mode=display">x^2</script>',
      'x^2',
    ],
    ['MathJax 3', `<p><mjx-container display="true">${mathml}</mjx-container></p>`, '\\frac{a}{b}'],
    ['MathML', '<math display="block"><msup><mi>x</mi><mn>2</mn></msup></math>', 'x^2'],
    [
      'LaTeXML',
      '<table class="ltx_equation"><tr><td><math alttext="x" display="block"></math></td><td><math alttext="=y"></math></td>' +
        '<td class="ltx_eqn_eqno"><span>(1)</span></td></tr></table>',
      'x =y',
    ],
    ['a formula that stands alone', `<p>${katex('x^2')}.</p>`, 'x^2'],
  ])('reads %s', (_, html, tex) => {
    expect(blockLines(html)).toEqual([`math: ${tex}`])
  })

  it('parts the prose around it', () => {
    expect(blockLines('<p>It is <span class="math display">\\[x\\]</span> where <em>x</em> is.</p>')).toEqual(
      ['paragraph: It is', 'math: x', 'paragraph: where *x* is.'],
    )
  })

  it.each([
    '<p>It is \\[x\\] where <em>x</em> is \\[y\\], and so on.</p>',
    '<p><span>It is \\[x\\] where <em>x</em></span> is \\[y\\].</p>',
  ])('parts the prose around it in %s, before it is typeset as well', (html) => {
    const typeset = html.replace(
      /\\\[(.)\\\]/g,
      (_, tex: string) => `<b class="katex-display">${katex(tex)}</b>`,
    )
    expect(blockLines(html)).toEqual(blockLines(typeset))
    expect(blockLines(html).slice(0, 2)).toEqual(['paragraph: It is', 'math: x'])
  })

  it('is code where it stands in code', () => {
    expect(blockLines('<p>Write <code>\\[x\\]</code> or <kbd>$$</kbd>x<kbd>$$</kbd>.</p>')).toEqual([
      'paragraph: Write `\\[x\\]` or {{1}}x{{2}}.',
    ])
  })

  it('shows nothing of definitions for typesetters', () => {
    expect(
      blockLines('<p>a</p><span class="math display">\\[\\newcommand{\\R}{\\mathbb R}\\]</span>'),
    ).toEqual(['paragraph: a'])
  })
})

it.each<[string, string]>([
  ["MathJax.Hub.Config({tex2jax: {inlineMath: [ ['$','$'], ['\\\\(','\\\\)'] ]}})", 'paragraph: A $x$ here.'],
  ['renderMathInElement(document.body, {delimiters: [{left: "$", right: "$"}]})', 'paragraph: A $x$ here.'],
  ['MathJax = {}', 'paragraph: A \\$x\\$ here.'],
])('reads dollars as the page says: %s', (script, line) => {
  expect(blockLines(`<script>${script}</script><p>A $x$ here.</p>`)).toEqual([line])
})

it('leaves an element alone that is called math and holds words', () => {
  expect(blockLines('<div class="math">About <b>numbers</b></div>')).toEqual(['paragraph: About **numbers**'])
})
