import { type Atom, cleanLine, type Inline } from '@lectern/shared'
import type { InlineContent } from './inline-content.ts'

/** Inline content as one line of plain text, formulas as `$TeX$`, atoms by their text: for tables and titles. */
export function plainWords(content: InlineContent): string {
  return cleanLine(content.inlines.map((inline) => wordsOf(inline, content.legends)).join(''))
}

function wordsOf(inline: Inline, legends: ReadonlyMap<Inline, Atom>): string {
  switch (inline.type) {
    case 'text':
    case 'code':
      return inline.text
    case 'math':
      return `$${inline.tex.trim()}$`
    case 'atom':
      return legends.get(inline)?.text || ' '
    default:
      return inline.children.map((child) => wordsOf(child, legends)).join('')
  }
}
