import { expect, it } from 'vitest'
import { canonicalTex } from './canonical-tex.ts'

/** What an author may write, and what `mathmlToTex` gives for what MathJax 3 makes of it. */
it.each<[string, string]>([
  ['f^{\\prime}(x) = \\lim_{h \\to 0} \\frac{f(x+h)-f(x)}{h}', "f'(x)=\\lim_{h\\to0}\\frac{f(x+h)-f(x)}{h}"],
  ['\\int_0^1 x^{2} \\, dx = \\frac13', '\\int_0^1x^2\\,dx=\\frac{1}{3}'],
  ['x^2_i, {x}_{1}^{2}', 'x_i^2,x_1^2'],
  ['\\left( \\frac{a}{b} \\right)^2', '{(\\frac{a}{b})}^2'],
  ['(a)(b)^2', '(a)(b)^2'],
  ['\\Bigl( a \\Bigr) \\left.\\frac{dy}{dx}\\right|_{x=0}', '(a){\\frac{dy}{dx}|}_{x=0}'],
  ['a \\ne b \\le c \\rightarrow d, \\dots', 'a\\neq b\\leq c\\to d,\\ldots'],
  ['P(A \\mid B) \\not= 1{,}000', 'P(A|B)\\neq1,000'],
  ['{n \\choose k} = \\dbinom{n}{k}', '(\\binom{n}{k})=(\\binom{n}{k})'],
  ['\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}', '(\\begin{matrix}1 \\\\ 2\\end{matrix})'],
  [
    '\\left[ \\begin{array}{cc} 1 & 0 \\\\ 0 & 1 \\\\ \\end{array} \\right]',
    '[\\begin{matrix}1 & 0 \\\\ 0 & 1\\end{matrix}]',
  ],
  [
    '\\begin{cases} x & \\text{if } x \\ge 0 \\\\[2pt] -x & \\text{else} \\end{cases}',
    '\\{\\begin{matrix}x & \\text{if } x\\geq0 \\\\ -x & \\text{else}\\end{matrix}',
  ],
  [
    '\\begin{align*} a &= b \\\\ &= c \\notag \\end{align*}',
    '\\begin{aligned}a & =b \\\\  & =c\\end{aligned}',
  ],
  ['\\begin{equation} x = 1 \\tag{1} \\end{equation}', '\\begin{matrix}x=1\\end{matrix}'],
  ['\\operatorname{Var}(X)', '\\mathrm{Var}(X)'],
  ['\\mathrm{N_2 + 3H_2 \\rightleftharpoons 2NH_3}', '\\mathrm{N_2+3H_2\\rightleftharpoons2NH_3}'],
  ['x\\mathrm{NaCl_2}', 'x\\mathrm{NaCl}_2'],
  ['x_\\mathrm{max}', 'x_\\max'],
  ['\\mathbf{Ax} = {\\bf b}', '\\mathbf{A}\\mathbf{x}=\\mathbf{b}'],
  ['{a \\over b}', '\\frac{a}{b}'],
  ['\\textcolor{red}{x} \\overset{!}{=} y \\qquad z', 'x=^!y\\quad\\quad z'],
  ['\\sum_{\\substack{i=1 \\\\ j=2}}^n', '\\sum_{\\begin{matrix}i=1 \\\\ j=2\\end{matrix}}^n'],
  ['a \\equiv b \\pmod{n}', 'a\\equiv b\\quad(\\mathrm{mod}n)'],
])('spells %s as MathJax 3 leaves it', (author, typeset) => {
  expect(canonicalTex(author)).toBe(canonicalTex(typeset))
})

it.each<[string, string]>([
  ['\\frac{d}{dx}\\left[ x^n \\right] = n\\, x^{n-1}', '\\frac{d}{dx}[x^n]=nx^{n-1}'],
  ['\\alpha x + \\sin \\theta', '\\alpha x+\\sin\\theta'],
  ['\\begin{bmatrix} a & b \\end{bmatrix}^{-1}', '\\begin{bmatrix}a & b\\end{bmatrix}^{-1}'],
  ['(1 + \\binom{n}{k})(x)', '(1+\\binom{n}{k})(x)'],
  ['A = \\begin{pmatrix} 1 & 2 \\end{pmatrix})', 'A=\\begin{pmatrix}1 & 2\\end{pmatrix})'],
  // Of a macro only the page's own typesetter knows the meaning.
  ['\\ce{2H2 + O2}', '\\ce{2H2 + O2}'],
])('spells %s as %s, and that as it is', (tex, canonical) => {
  expect(canonicalTex(tex)).toBe(canonical)
  expect(canonicalTex(canonical)).toBe(canonical)
})

it.each(['\\frac{a}{b', '\\left( x', '\\begin{align} x', '{'.repeat(200), 'a & b'])(
  'leaves %s, which nobody can read, as it is',
  (tex) => {
    expect(canonicalTex(tex)).toBe(tex)
  },
)
