import { countWords, type Inline } from '@lectern/shared'

/** What has fewer words is a number or a heading run into the text, as in "Geometry. The derivative ...". */
const FEWEST_WORDS = 3

/** The first sentence of a block, its marks kept, and whether it is all that the block says. */
export function firstSentence(
  inlines: readonly Inline[],
  language: string,
): { sentence: Inline[]; isAll: boolean } {
  const text = inlines.map(outline).join('')
  const locale = language === 'und' ? undefined : language
  let first = ''
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) {
    first += segment
    if (countWords(first) >= FEWEST_WORDS) break
  }
  const length = first.trimEnd().length
  return { sentence: take(inlines, length), isAll: length >= text.trimEnd().length }
}

/** The words, with a letter for each code, formula and atom: no sentence ends within one. */
function outline(inline: Inline): string {
  if (inline.type === 'text') return inline.text
  return 'children' in inline ? inline.children.map(outline).join('') : 'x'
}

function take(inlines: readonly Inline[], length: number): Inline[] {
  const taken: Inline[] = []
  let left = length
  for (const inline of inlines) {
    if (left <= 0) break
    const size = outline(inline).length
    taken.push(size > left ? cut(inline, left) : inline)
    left -= size
  }
  return taken
}

function cut(inline: Inline, length: number): Inline {
  if (inline.type === 'text') return { type: 'text', text: inline.text.slice(0, length) }
  return 'children' in inline ? { ...inline, children: take(inline.children, length) } : inline
}
