/**
 * Inline text: the one notation for the words of a prose block between extraction, model and rendering.
 *
 *     *emphasis*  **strong**  `code`  $TeX$  [text](#k)  {{k}}  \escape
 *
 * `k` counts the links, or the other inline elements, of that block from 1. `{}` between two marks keeps them
 * apart (`*a*{}**b**`). The notation is read leniently, as a model writes it: a mark without its partner and an
 * unknown `k` are literal text; nothing is ever an error.
 */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'math'; tex: string }
  | { type: 'atom'; number: number }
  | { type: 'emphasis'; children: Inline[] }
  | { type: 'strong'; children: Inline[] }
  | { type: 'link'; number: number; children: Inline[] }

export type InlineParent = Extract<Inline, { children: Inline[] }>

export { normalizeInline } from './inline-normalize.ts'
export { parseInline } from './inline-parse.ts'
export { serializeInline } from './inline-serialize.ts'

/** The words alone, as a reader would read them aloud: marks dropped, code and TeX as they are, atoms left out. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map(plainTextOf).join('')
}

function plainTextOf(inline: Inline): string {
  if ('children' in inline) return plainText(inline.children)
  if (inline.type === 'math') return inline.tex
  return inline.type === 'atom' ? '' : inline.text
}

/** Every inline of a tree, parents before their children. */
export function* walkInline(inlines: readonly Inline[]): Generator<Inline> {
  for (const inline of inlines) {
    yield inline
    if ('children' in inline) yield* walkInline(inline.children)
  }
}
