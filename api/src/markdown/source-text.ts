import type { Blockquote, FootnoteDefinition, List, ListItem, Nodes } from 'mdast'

/** Two offsets in UTF-16 units. */
export type Span = { start: number; end: number }

/** The offsets of a node that the parser read; a node that a transform made has none. */
export function spanOf(node: Nodes): Span | undefined {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  return start === undefined || end === undefined ? undefined : { start, end }
}

/**
 * Where a block ends. Of what holds blocks micromark gets the end wrong where HTML is open in a list before it, so
 * the last block within counts.
 */
export function blockEnd(node: Nodes): number | undefined {
  let last = node
  while (isContainer(last) && last.children.length > 0) last = last.children.at(-1) as Nodes
  return spanOf(last)?.end
}

function isContainer(node: Nodes): node is Blockquote | FootnoteDefinition | List | ListItem {
  return ['blockquote', 'footnoteDefinition', 'list', 'listItem'].includes(node.type)
}

/** The offset at which the line of `at` begins. */
export function lineStart(source: string, at: number): number {
  let start = at
  while (start > 0 && !isLineBreak(source[start - 1])) start--
  return start
}

/** The offset at which the line of `at` ends, before its line break. */
export function lineEnd(source: string, at: number): number {
  let end = at
  while (end < source.length && !isLineBreak(source[end])) end++
  return end
}

function isLineBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r'
}

/** Where the text between two offsets ends without the blanks and line breaks at its end. */
export function trimmedEnd(source: string, start: number, end: number): number {
  let trimmed = end
  while (trimmed > start && /[ \t\r\n]/.test(source[trimmed - 1] ?? '')) trimmed--
  return trimmed
}

/** Markdown of inline content that may span lines, as one line: breaks and what containers put before lines go. */
export function oneLine(markdown: string): string {
  const lines = markdown.split(/\r\n?|\n/)
  if (lines.length === 1) return markdown
  return lines
    .map((line, i) => (i === 0 ? line : line.replace(/^[ \t>]+/, '')))
    .map((line) => line.slice(0, trimmedEnd(line, 0, line.length)))
    .join(' ')
}
