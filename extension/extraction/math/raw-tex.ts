import { foldSpace, visibleText } from '@lectern/shared'

/** A formula that stands in the text as TeX between delimiters, from `start` to `end` of the text. */
export type RawTex = { tex: string; display: boolean; start: number; end: number }

const OPENER =
  /\\\(|\\\[|\$\$|\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|displaymath|flalign)\*?)\}|\$(?![\s$])/g
/** Pandoc's rule, which leaves prices alone: no blank before the closing mark, no digit after it. */
const CLOSING_DOLLAR = /(?<![\s\\])\$(?!\d)/g

/**
 * The formulas that a text holds as raw TeX, in order: `\(..\)`, `\[..\]`, `$$..$$` and the display environments,
 * which are what MathJax and KaTeX look for by default; `$..$` only where the page asks for it, since a single
 * dollar is a price as often as a formula.
 */
export function findRawTex(text: string, dollars = false): RawTex[] {
  const found: RawTex[] = []
  const absent = new Set<string>()
  OPENER.lastIndex = 0
  for (let opener = OPENER.exec(text); opener !== null; opener = OPENER.exec(text)) {
    const close = closerOf(opener)
    if (close === '$' && !dollars) continue
    const inner = OPENER.lastIndex
    const at = absent.has(close) ? -1 : indexOfCloser(text, close, inner)
    if (at === -1) {
      absent.add(close)
      continue
    }
    const end = at + close.length
    const tex = opener[1] === undefined ? text.slice(inner, at) : text.slice(opener.index, end)
    const display = opener[0] !== '\\(' && opener[0] !== '$'
    if (tex.trim() !== '') found.push({ tex, display, start: opener.index, end })
    OPENER.lastIndex = end
  }
  return found
}

/** The display formulas that stand in a text as raw TeX. */
export function displayFormulas(text: string, dollars: boolean): RawTex[] {
  return /\\\[|\$\$|\\begin\{/.test(text) ? findRawTex(text, dollars).filter(({ display }) => display) : []
}

function closerOf(opener: RegExpExecArray): string {
  if (opener[1] !== undefined) return `\\end{${opener[1]}}`
  return { '\\(': '\\)', '\\[': '\\]' }[opener[0]] ?? opener[0]
}

function indexOfCloser(text: string, close: string, from: number): number {
  if (close !== '$') return text.indexOf(close, from)
  CLOSING_DOLLAR.lastIndex = from
  return CLOSING_DOLLAR.exec(text)?.index ?? -1
}

/** Whether a page's own settings say that `$..$` is a formula, as those of notebooks do: MathJax's or KaTeX's. */
export function dollarsAreMath(document: Document): boolean {
  return [...document.scripts].some(({ textContent }) =>
    /inlineMath["']?\s*:[^;]{0,60}\[\s*["']\$["']|left:\s*["']\$["']/.test(textContent),
  )
}

/** The formula that a text is as a whole, if it is one. */
export function wholeRawTex(text: string): RawTex | undefined {
  const trimmed = text.trim()
  const [only, ...more] = findRawTex(trimmed)
  if (only === undefined || more.length > 0 || only.start > 0) return undefined
  return /^[.,;]?$/.test(trimmed.slice(only.end)) ? only : undefined
}

const WRAPPED = [
  /^\\\(([\s\S]*)\\\)$/,
  /^\\\[([\s\S]*)\\\]$/,
  /^\$\$([\s\S]*)\$\$$/,
  /^\{\s*\\displaystyle\s([\s\S]*)\}$/,
  /^\\displaystyle\s([\s\S]*)$/,
]

/** To the end of its line and the blanks before the next: LaTeXML breaks long formulas so, within words even. */
const COMMENT = /(?<!\\)%[^\n]*\n\s*/g

/** TeX in the form that blocks hold: visible characters, folded white space, no comments, no delimiters around it. */
export function bareTex(tex: string): string {
  let bare = foldSpace(visibleText(tex.replace(COMMENT, ''))).trim()
  for (const wrapped of WRAPPED) bare = (wrapped.exec(bare)?.[1] ?? bare).trim()
  return bare
}
