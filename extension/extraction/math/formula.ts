import { cleanLine } from '@lectern/shared'
import { isElement, isText } from '../nodes.ts'
import { mathmlToTex } from './mathml-tex.ts'
import { bareTex, wholeRawTex } from './raw-tex.ts'

/** A formula as the page shows it: `tex` where the page carries its source, `text` always. */
export type Formula = { tex?: string; text: string; display: boolean }

const RENDERINGS = [
  '.katex-display, .katex, mjx-container, math, .mwe-math-element',
  '.MathJax, .MathJax_Display, .MathJax_SVG, .MathJax_SVG_Display, .MathJax_CHTML, .MJXc-display, .mjx-chtml',
  'script[type^="math/tex"]',
  'img.tex, img.latex, img.math, img.texrender, img.mwe-math-fallback-image-inline, img[data-equation-content]',
].join()

const WRAPPERS = '.math, .arithmatex, .displaymath, .math-display, .math-inline'
const LATEXML_TABLES = 'table.ltx_equation, table.ltx_equationgroup, table.ltx_eqn_table'

/** What may be a formula; `formulaAt` decides. */
export const formulaCandidates = [RENDERINGS, WRAPPERS, LATEXML_TABLES].join()

/**
 * The formula that an element is, whichever typesetter put it there: KaTeX, MathJax 2, 3 and 4, MathML, LaTeXML,
 * MediaWiki, Pandoc, Sphinx, images with their source. `shows nothing`: it holds macros, or the source of a formula
 * whose rendering stands before it. `undefined`: it is no formula.
 */
export function formulaAt(element: Element): Formula | 'shows nothing' | undefined {
  const found = formulaIn(element)
  return typeof found === 'object' && found.tex !== undefined && isMacros(found.tex) ? 'shows nothing' : found
}

/** Definitions for the formulas that follow, which typesetters read and do not show. */
function isMacros(tex: string): boolean {
  return /^\\(?:def|newcommand|renewcommand|providecommand|DeclareMathOperator|let|require|definecolor)\b/.test(
    tex,
  )
}

function formulaIn(element: Element): Formula | 'shows nothing' | undefined {
  if (element.matches('script')) return formulaOfScript(element)
  if (element.matches('img')) return formulaOfImage(element)
  if (element.matches(LATEXML_TABLES)) return formulaOfTable(element)
  if (element.matches(RENDERINGS)) return formulaOfRendering(element)
  return formulaOfWrapper(element)
}

function formula(tex: string | undefined, text: string, display: boolean): Formula {
  const source = tex === undefined ? '' : bareTex(tex)
  const words = cleanLine(text)
  return source === '' ? { text: words, display } : { tex: source, text: words || source, display }
}

function formulaOfRendering(element: Element): Formula {
  const script = sourceOfMathJax2(element)
  if (script !== undefined) return formulaFromScript(script)
  return formula(texOf(element), readableText(element), isDisplay(element))
}

function texOf(element: Element): string | undefined {
  const annotation = element.querySelector('annotation[encoding="application/x-tex" i]')
  if (annotation !== null) return annotation.textContent
  const math = element.localName === 'math' ? element : element.querySelector('math')
  const drawn = math ?? element.querySelector('mjx-math, [data-mml-node=math]') ?? element
  const latex = drawn.getAttribute('data-latex') ?? math?.getAttribute('alttext')
  if (latex) return latex
  const image = element.querySelector('img[alt]')
  if (math === null) return image?.getAttribute('alt') ?? undefined
  return mathmlToTex(math)
}

function readableText(element: Element): string {
  const source = element.querySelector('math') ?? element.querySelector('.katex-html') ?? element
  return source.textContent || (element.getAttribute('aria-label') ?? '')
}

function isDisplay(element: Element): boolean {
  return (
    element.matches('.katex-display, .MathJax_Display, .MathJax_SVG_Display, .MJXc-display') ||
    element.matches('.mwe-math-element-block, [display=true], [display=block], [mode=display]') ||
    (element.matches('.mwe-math-element') && element.querySelector('math[display=block]') !== null)
  )
}

/** MathJax 2 writes its rendering before the script that holds the source, under the script's id and a suffix. */
function sourceOfMathJax2(rendering: Element): Element | undefined {
  let next = rendering.nextElementSibling
  for (let steps = 0; steps < 3 && next !== null; steps++) {
    if (next.matches('script[type^="math/tex"]')) return next
    next = next.nextElementSibling
  }
  return undefined
}

const MATHJAX_2 =
  '.MathJax, .MathJax_Display, .MathJax_SVG, .MathJax_SVG_Display, .MathJax_CHTML, .MJXc-display, .mjx-chtml'

function formulaOfScript(script: Element): Formula | 'shows nothing' {
  return script.previousElementSibling?.matches(MATHJAX_2) ? 'shows nothing' : formulaFromScript(script)
}

function formulaFromScript(script: Element): Formula {
  const display = (script.getAttribute('type') ?? '').includes('mode=display')
  return formula(script.textContent, '', display)
}

function formulaOfImage(image: Element): Formula | undefined {
  const tex = image.getAttribute('data-equation-content') ?? image.getAttribute('alt')
  if (!tex) return undefined
  return formula(tex, tex, image.closest('div.math, .displaymath') !== null)
}

/** LaTeXML sets an equation, or several aligned ones, as a table of cells with one formula each. */
function formulaOfTable(table: Element): Formula | undefined {
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('math')].map((math) => texOf(math) ?? cleanLine(math.textContent)).join(' '),
  )
  const tex = rows.filter((row) => row !== '').join(' \\\\ ')
  return tex === '' ? undefined : formula(tex, tex, true)
}

/** A wrapper is a formula when it holds one rendering and nothing else, or nothing but raw TeX. */
function formulaOfWrapper(wrapper: Element): Formula | undefined {
  const inner = wrapper.querySelector(RENDERINGS)
  if (inner === null) return formulaOfRawWrapper(wrapper)
  const rendered = formulaAt(inner)
  if (rendered === undefined || rendered === 'shows nothing' || hasMore(wrapper, inner)) return undefined
  return { ...rendered, display: rendered.display || isDisplayWrapper(wrapper) }
}

/** Whether words or another formula stand in the wrapper beside the one rendering and its number. */
function hasMore(wrapper: Element, inner: Element): boolean {
  let at: Node = inner
  for (; at !== wrapper && at.parentNode !== null; at = at.parentNode) {
    for (const sibling of at.parentNode.childNodes) {
      if (sibling !== at && isContent(sibling)) return true
    }
  }
  return false
}

const BESIDE_FORMULA =
  '.eqno, .equation-number, .MathJax_Preview, script, mjx-assistive-mml, .headerlink, a[id]:empty'

function isContent(node: ChildNode): boolean {
  if (isText(node)) return /[^\s.,;]/.test(node.data)
  if (!isElement(node) || node.matches(BESIDE_FORMULA)) return false
  return node.textContent.trim() !== ''
}

function formulaOfRawWrapper(wrapper: Element): Formula | undefined {
  const text = [...wrapper.childNodes].map((node) => (isContent(node) ? node.textContent : '')).join('')
  const raw = wholeRawTex(text)
  const display = isDisplayWrapper(wrapper)
  if (raw !== undefined) return formula(raw.tex, raw.tex, display || raw.display)
  // Pandoc's `--katex` output holds bare TeX for a script to typeset; its plain output holds elements instead.
  const bare = wrapper.matches('.math.inline, .math.display') && wrapper.firstElementChild === null
  return bare ? formula(text, text, display) : undefined
}

function isDisplayWrapper(wrapper: Element): boolean {
  return wrapper.matches('div, p, .display, .displaymath, .math-display')
}
