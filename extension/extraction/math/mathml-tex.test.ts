// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { fixtureDocument } from '../fixture-lesson.ts'
import { mathmlToTex } from './mathml-tex.ts'

const texOf = (html: string) => {
  const math = fixtureDocument(`<math>${html}</math>`).querySelector('math')
  return math === null ? undefined : mathmlToTex(math)
}

it.each<[string, string]>([
  [
    '<mi>x</mi><mo>=</mo><msub><mi>ℓ</mi><mn>1</mn></msub><mi>cos</mi><mo>\u2061</mo><mi>θ</mi>',
    'x=\\ell_1\\cos\\theta',
  ],
  ['<mi>θ</mi><mi>x</mi>', '\\theta x'],
  ['<msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup>', 'e^{-x}'],
  ['<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>', 'x_i^2'],
  ['<msubsup><mi>x</mi><mi>θ</mi><mn>2</mn></msubsup><mi>y</mi>', 'x_\\theta^2y'],
  ['<msub><mi>x</mi><mi>θ</mi></msub><mi>y</mi>', 'x_\\theta y'],
  ['<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo><mi>a</mi><mo>)</mo>', "f'(a)"],
  ['<mi>f</mi><mo>′</mo>', "f'"],
  ['<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>', '\\frac{a+1}{b}'],
  ['<mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>', '(\\binom{n}{k})'],
  ['<msqrt><mn>2</mn><mi>x</mi></msqrt><mroot><mi>x</mi><mn>3</mn></mroot>', '\\sqrt{2x}\\sqrt[3]{x}'],
  ['<munder><mi>lim</mi><mrow><mi>h</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>h</mi>', '\\lim_{h\\to0}h'],
  [
    '<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>',
    '\\sum_{i=1}^ni',
  ],
  ['<mover><mi>x</mi><mo>^</mo></mover><mover><mi>v</mi><mo>→</mo></mover>', '\\hat{x}\\vec{v}'],
  ['<mi mathvariant="normal">H</mi><mi mathvariant="normal">I</mi><mi>x</mi>', '\\mathrm{HI}x'],
  [
    '<mrow><msub><mi mathvariant="normal">H</mi><mn>2</mn></msub><mo>⇌</mo><mn>2</mn><mi mathvariant="normal">H</mi></mrow>',
    '\\mathrm{H_2\\rightleftharpoons2H}',
  ],
  [
    '<mstyle mathvariant="bold"><mi>x</mi></mstyle><mi>ℝ</mi><mi>𝐱</mi><mi>𝑎</mi>',
    '\\mathbf{x}\\mathbb{R}\\mathbf{x}a',
  ],
  ['<mtext>if a</mtext><mspace width="2em"></mspace><mi>x</mi>', '\\text{if a}\\qquad x'],
  [
    '<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>',
    '\\begin{matrix}1 & 2 \\\\ 3\\end{matrix}',
  ],
  ['<mfenced open="[" close="]"><mi>a</mi><mi>b</mi></mfenced>', '[a,b]'],
  ['<mi>constructor</mi><mo>toString</mo>', '\\mathrm{constructor}\\operatorname{toString}'],
])('writes %s as TeX', (html, tex) => {
  expect(texOf(html)).toBe(tex)
})

it('has no TeX for what shows nothing', () => {
  expect(texOf('<mphantom><mi>x</mi></mphantom>')).toBeUndefined()
})

it('ends on formulas nested without end', () => {
  expect(texOf(`${'<mrow>'.repeat(2000)}<mi>x</mi>${'</mrow>'.repeat(2000)}`)).toBeUndefined()
})
