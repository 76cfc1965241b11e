import type { Paragraph, PhrasingContent } from 'mdast'
import { type Span, spanOf, trimmedEnd } from './source-text.ts'

/** GitHub's `[!NOTE]` and what follows it on its line (Obsidian writes a title there). */
const ALERT = /^\[![A-Za-z]+\][+-]?(?:[ \t].*)?$/
/** Docusaurus and Pandoc: `:::note`, `::: {.warning}`. */
const OPENING = /^:{3,}[ \t]*\{?\.?[A-Za-z]/
const CLOSING = /^:{3,}[ \t]*$/
/** What CommonMark takes for a paragraph and another program for syntax: MkDocs's admonitions, MDX's modules. */
const FOREIGN =
  /^(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z]|import[ \t]+(?:[\w*{][^'"]*[ \t]from[ \t]+)?['"]|export[ \t]+(?:const|let|var|default|function|\{))/

/** A paragraph's own words beside the lines that are syntax of an admonition. */
export type DirectiveParagraph = {
  children: PhrasingContent[]
  start: number
  end: number
  /** Whether a marker stands on the line before the words, so that they go on with a paragraph, not start one. */
  afterMarker: boolean
  /** By how much the paragraph changes how many `:::` are open, before and after its words. */
  opens: number
  closes: number
}

/** Whether a quote is one of GitHub's alerts. */
export function opensAlert(words: string): boolean {
  return ALERT.test(words.split(/[\r\n]/, 1)[0]?.trimEnd() ?? '')
}

/**
 * Parts a paragraph from the lines around it that mark an admonition; all of them may be, then no child is left.
 * `foreign` where it is syntax as a whole or its words cannot be told apart: such a paragraph is left alone.
 */
export function readDirective(node: Paragraph, source: string, span: Span): DirectiveParagraph | 'foreign' {
  const lines = linesOf(source, span.start, span.end)
  const firstLine = lines[0]?.text ?? ''
  if (FOREIGN.test(firstLine)) return 'foreign'
  const isAlert = ALERT.test(firstLine)
  const first = isAlert ? 1 : countWhile(lines, isMarker)
  const last = lines.length - (first === lines.length ? 0 : countWhile(lines.toReversed(), isMarker))
  const kept = lines.slice(first, last)
  if (kept.some(isMarker)) return 'foreign'
  const { start } = kept[0] ?? { start: span.end }
  const { end } = kept.at(-1) ?? { end: span.end }
  const children = kept.length === lines.length ? node.children : cutChildren(node, source, start, end)
  if (children === undefined) return 'foreign'
  return {
    children,
    start,
    end,
    afterMarker: first > 0,
    opens: isAlert ? 0 : change(lines.slice(0, first)),
    closes: change(lines.slice(last)),
  }
}

type Line = { text: string; start: number; end: number }

function linesOf(source: string, start: number, end: number): Line[] {
  const lines: Line[] = []
  let at = start
  for (const part of source.slice(start, end).split(/(\r\n?|\n)/)) {
    if (!/^[\r\n]/.test(part)) {
      const blank = at === start ? 0 : (/^[ \t>]*/.exec(part)?.[0].length ?? 0)
      const lineStart = at + blank
      const lineEnd = trimmedEnd(source, lineStart, at + part.length)
      lines.push({ text: source.slice(lineStart, lineEnd), start: lineStart, end: lineEnd })
    }
    at += part.length
  }
  return lines
}

function isMarker(line: Line): boolean {
  return OPENING.test(line.text) || CLOSING.test(line.text)
}

function change(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + (CLOSING.test(line.text) ? -1 : 1), 0)
}

function countWhile(lines: readonly Line[], test: (line: Line) => boolean): number {
  const end = lines.findIndex((line) => !test(line))
  return end === -1 ? lines.length : end
}

/** The children between two offsets; only words can be cut, at a line's end. */
function cutChildren(
  node: Paragraph,
  source: string,
  start: number,
  end: number,
): PhrasingContent[] | undefined {
  const kept: PhrasingContent[] = []
  for (const child of node.children) {
    const span = spanOf(child)
    if (span === undefined) return undefined
    if (span.end <= start || span.start >= end) continue
    if (span.start >= start && span.end <= end) kept.push(child)
    else if (child.type === 'text') {
      const lines = child.value.split(/\r\n?|\n/)
      const before = breaksIn(source.slice(span.start, start))
      const after = breaksIn(source.slice(end, span.end))
      kept.push({ type: 'text', value: lines.slice(before, lines.length - after).join('\n') })
    } else return undefined
  }
  return kept
}

function breaksIn(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0
}
