import {
  blockLimits,
  cleanLine,
  cleanLines,
  type FixedBlock,
  type FixedKind,
  plainText,
} from '@lectern/shared'
import type { Code, Html, Nodes, PhrasingContent, Table } from 'mdast'
import type { Math as MathNode } from 'mdast-util-math'
import { hasMedia, htmlWords } from './html-atom.ts'
import { readWords } from './read-words.ts'

/** The block of a node that is taken whole; none for what shows nothing. */
export function fixedBlockOf(node: Code | MathNode | Html | Table, source: string): FixedBlock | undefined {
  switch (node.type) {
    case 'code':
      return listing(node)
    case 'math':
      return filled('math', cleanLines(node.value))
    case 'table':
      return filled('table', tableText(node, source))
    case 'html': {
      const words = cleanLine(htmlWords(node.value))
      return hasMedia(node.value) ? fixed('embed', words) : filled('embed', words)
    }
  }
}

/** A block with its text cut to what the contract allows: the model sees it as context only. */
export function fixed(kind: FixedKind, text: string): FixedBlock {
  return { kind, text: text.slice(0, blockLimits.fixed).toWellFormed() }
}

function filled(kind: FixedKind, text: string): FixedBlock | undefined {
  return text === '' ? undefined : fixed(kind, text)
}

function listing(node: Code): FixedBlock | undefined {
  const block = filled('code', cleanLines(node.value))
  const language = /^[\w+#.-]{1,40}$/.exec(node.lang?.replace(/^\{\.?|[},].*$/g, '') ?? '')?.[0].toLowerCase()
  return block && language !== undefined ? { ...block, language } : block
}

function tableText(table: Table, source: string): string {
  return table.children
    .map((row) => row.children.map((cell) => plainText(readWords(cell.children, source).inlines)).join(' | '))
    .join('\n')
}

/** The block of a paragraph that is formulas alone; `undefined` for any other. */
export function formulaBlockOf(children: readonly PhrasingContent[]): FixedBlock | undefined {
  const shown = children.filter((child) => child.type !== 'text' || child.value.trim() !== '')
  if (shown.length === 0 || !shown.every((child) => child.type === 'inlineMath')) return undefined
  return filled('math', shown.map((child) => cleanLines(child.value)).join('\n'))
}

/**
 * Whether a listing, a formula or a block of HTML lacks its end, so that it takes in whatever is written after it
 * in the same container.
 */
export function isUnclosed(node: Nodes, markdown: string): boolean {
  if (node.type === 'html') return isOpenHtml(markdown)
  if (node.type !== 'code' && node.type !== 'math') return false
  const fence = /^(?:`{3,}|~{3,}|\${2,})/.exec(markdown)?.[0]
  if (fence === undefined) return false
  const lines = markdown.trimEnd().split(/\r\n?|\n/)
  const last = (lines.at(-1) ?? '').replace(/^[ \t>]+/, '').trimEnd()
  const closes = last.length >= fence.length && last === fence.charAt(0).repeat(last.length)
  return lines.length === 1 || !closes
}

/** CommonMark's kinds of HTML that a blank line does not end, and what ends them. */
const OPEN_HTML: [start: RegExp, end: RegExp][] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![A-Za-z]/, />/],
]

function isOpenHtml(markdown: string): boolean {
  const kind = OPEN_HTML.find(([start]) => start.test(markdown))
  return kind !== undefined && !kind[1].test(markdown)
}
