import { type Inline, plainText } from '@lectern/shared'

/** The first sentence of a block, its marks kept; all of it where there is only one. */
export function firstSentence(inlines: readonly Inline[], language: string): Inline[] {
  const text = plainText(inlines)
  const [first] = sentences(text, language)
  return takeCharacters(inlines, (first ?? text).trimEnd().length)
}

function sentences(text: string, language: string): string[] {
  const locale = language === 'und' ? undefined : language
  const segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' })
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}

function takeCharacters(inlines: readonly Inline[], count: number): Inline[] {
  const taken: Inline[] = []
  let left = count
  for (const inline of inlines) {
    if (left <= 0) return taken
    const length = plainText([inline]).length
    taken.push(length > left ? cut(inline, left) : inline)
    left -= length
  }
  return taken
}

/** Code and formulas are whole or not there; a sentence that ends within one keeps it. */
function cut(inline: Inline, count: number): Inline {
  if ('children' in inline) return { ...inline, children: takeCharacters(inline.children, count) }
  return inline.type === 'text' ? { type: 'text', text: inline.text.slice(0, count) } : inline
}

/** For a line that is itself a button: without links, images and notes, whose words stay. */
export function withoutLinksAndAtoms(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.type === 'atom') return []
    if (!('children' in inline)) return [inline]
    const children = withoutLinksAndAtoms(inline.children)
    return inline.type === 'link' ? children : [{ ...inline, children }]
  })
}
