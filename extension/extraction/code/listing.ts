import { cleanLines } from '@lectern/shared'
import { isElement, isText } from '../nodes.ts'

/**
 * Elements that are a listing as a whole. Most are a `pre`; tables of line numbers and lines, Scribble's,
 * Doxygen's and LaTeXML's listings, editors in the page and signatures are the others.
 */
const TABLES = [
  'table.highlighttable, table.rouge-table, table.lntable, table.hljs-ln, .highlight > table, .chroma table',
  'table.RktBlk, table.SVerbatim',
].join()
const EDITORS = '.CodeMirror, .cm-editor, .ace_editor, .monaco-editor'
/** What Sphinx sets a function's or a class's signature as, in any of its versions. */
const SIGNATURES = 'dt.sig, dt:has(> .descname)'
/** coqdoc's, whose lines end in `br`; Scribble's of one line; OCaml's, Lean's and MyST's, preformatted by style alone. */
const BARE =
  'div.code:has(> br, > .id), .SCodeFlow > p, div.pre, code.hl.block, [data-name=safe-output-text] > code'
export const listingSelector = `pre, xmp, listing, plaintext, div.fragment, .ltx_listing, ${BARE}, ${EDITORS}, ${TABLES}, ${SIGNATURES}`

/** The cell of a table of numbered lines that holds the lines. */
const CODE_CELL = 'td.code, td.rouge-code, td.lntd:last-child, td.hljs-ln-code, td.blob-code'

/** What a listing shows that is not its code: numbers, prompts of notebooks, buttons, hidden lines of mdBook. */
const BESIDE_CODE = [
  'button, .copy, .copybtn, .linenos, .lineno, .linenumber, .line-number, .line-numbers-rows, .lnt, .ln, .hljs-ln-n',
  '.react-syntax-highlighter-line-number, [class*="codeLineNumber"], .CodeMirror-linenumber, .cm-gutters, .ace_gutter',
  '.gutter, td.rouge-gutter, td.blob-num, td.hljs-ln-numbers, td.linenos, .ltx_tag, .ltx_listing_data, .fold-code',
  '.boring, [hidden], [aria-hidden=true], script, style, .sr-only, .visually-hidden, textarea, .toolbar',
  // Doxygen's tooltips, the numbers of callouts that Asciidoctor leaves out where it copies.
  '.headerlink, .viewcode-link, .viewcode-back, .ttc, .conum, .conum + b, .hover-info',
].join()

/** Elements that are a line each, whether or not a line end stands between them in the text. */
const LINE_TAGS = new Set(['div', 'p', 'li', 'tr', 'dd'])
const LINE_CLASS =
  /(?:^|\s)(?:line|code-line|highlight-line|token-line|ec-line|view-line|cm-line|CodeMirror-line|ace_line|ltx_listingline)(?:\s|$)/

/** The exact text of a listing as a reader copies it, with `\n` between lines. */
export function listingText(listing: Element): string {
  const source = sourceOf(listing)
  const writer = new LineWriter()
  const skipped = new Set(source.querySelectorAll(BESIDE_CODE))
  const numbered = source.localName === 'table' ? new Set(source.querySelectorAll(CODE_CELL)) : new Set()
  const preformatted = isPreformatted(listing)
  let node: Node | null = source.firstChild
  while (node !== null) {
    const open: boolean = isOpen(node, skipped, numbered) && !(writer.isAtLineStart && isNothing(node))
    if (open && isLine(node)) writer.startLine()
    if (open) write(node, writer, preformatted)
    node = open && node.firstChild !== null ? node.firstChild : nextAfter(node, source, open, writer)
  }
  return cleanLines(preformatted ? writer.text : writer.text.replaceAll('\u00a0', ' '))
}

function sourceOf(listing: Element): Element {
  if (listing.localName !== 'table') return listing
  const cells = listing.querySelectorAll(CODE_CELL)
  return cells.length === 1 ? (cells[0] ?? listing) : listing
}

/** Whether the source's white space is the code's; elsewhere lines are elements, blanks often no-break spaces. */
function isPreformatted(listing: Element): boolean {
  if (listing.localName === 'div') return listing.matches('.pre')
  return !listing.matches('dt, p, table.RktBlk, table.SVerbatim')
}

function isOpen(node: Node, skipped: ReadonlySet<unknown>, cells: ReadonlySet<unknown>): boolean {
  if (skipped.has(node)) return false
  if (cells.size === 0 || !isElement(node) || !/^t[dh]$/.test(node.localName)) return true
  return cells.has(node)
}

function isLine(node: Node): boolean {
  return isElement(node) && (LINE_TAGS.has(node.localName) || LINE_CLASS.test(node.className))
}

/** An element between lines that has no height, as one theme of Sphinx puts them. */
function isNothing(node: Node): boolean {
  return (
    isElement(node) &&
    node.localName === 'div' &&
    node.firstChild === null &&
    !LINE_CLASS.test(node.className)
  )
}

function write(node: Node, writer: LineWriter, preformatted: boolean): void {
  if (isText(node)) writer.write(preformatted ? node.data : unfolded(node.data, writer.isAtLineStart))
  else if (isElement(node) && node.localName === 'br') writer.write('\n')
}

const AROUND_LINE_END = /[\t\r\f ]*\n[\t\n\r\f ]*/g

/** Outside `pre` the line ends of the source are only white space: lines are elements there. */
function unfolded(text: string, isLineStart: boolean): string {
  const line = text.replace(AROUND_LINE_END, ' ')
  if (line === text) return text
  return line === ' ' || isLineStart ? line.replace(/^ /, '') : line
}

/** The next node in document order that is not below this one; lines that end on the way are closed. */
function nextAfter(node: Node, root: Element, open: boolean, writer: LineWriter): Node | null {
  let at: Node | null = node
  let left = open
  while (at !== null && at !== root) {
    if (left && isLine(at)) writer.endLine()
    if (at.nextSibling !== null) return at.nextSibling
    at = at.parentNode
    left = true
  }
  return null
}

/** Joins lines whether their ends stand in the text, in a `br`, or only in the elements' borders. */
class LineWriter {
  text = ''
  #lineEndOwed = false
  #lineStart = 0

  get isAtLineStart(): boolean {
    return !this.#lineEndOwed && this.text.endsWith('\n')
  }

  write(text: string): void {
    if (text === '') return
    if (this.#lineEndOwed && !text.startsWith('\n')) this.text += '\n'
    this.#lineEndOwed = false
    this.text += text
  }

  startLine(): void {
    if (this.#lineEndOwed || !(this.text === '' || this.text.endsWith('\n'))) this.text += '\n'
    this.#lineEndOwed = false
    this.#lineStart = this.text.length
  }

  endLine(): void {
    this.#lineEndOwed = !(this.text.length > this.#lineStart && this.text.endsWith('\n'))
  }
}
