import { type Inline, normalizeInline, type ProseBlock, parseInline } from '@lectern/shared'
import { firstSentence } from './first-sentence.ts'
import type { BlockPlace, MarkdownLesson } from './markdown-lesson.ts'
import { labelled, writeWords } from './write-words.ts'

/** The words that a fold begins with. */
const LABEL = 'You know this:'

/**
 * A folded block: a quote that opens with the block's first sentence, then the source's own text; where the block
 * has one sentence, the quote alone. `undefined` where no quote can stand before the block.
 *
 * @param source the block's words as they stand in the source
 */
export function writeFold(
  lesson: MarkdownLesson,
  place: BlockPlace,
  block: ProseBlock,
  source: string,
): string | undefined {
  if (place.fold === 'never') return undefined
  const words = parseInline(block.text)
  const { sentence, isAll } = firstSentence(words, lesson.lesson.language)
  const { lineEnd } = lesson
  const line = lineEnd + place.indent
  if (isAll && place.fold === 'before' && !/[\r\n]/.test(source)) return `> **${LABEL}** ${source}`
  if (isAll)
    return `> ${writeWords(labelled(LABEL, words), place.putBack, 'paragraph').replaceAll('\n', `${line}> `)}`
  const shown = normalizeInline(withoutShownOnce(sentence, block))
  const fold = `> ${writeWords(labelled(LABEL, shown), place.putBack, 'paragraph')}`
  const rest =
    place.fold === 'before' ? source : writeWords(words, place.putBack, 'paragraph').replaceAll('\n', line)
  return fold + lineEnd + place.indent.trimEnd() + line + rest
}

/** Without images, notes and line breaks, which the source's text shows below. */
function withoutShownOnce(inlines: readonly Inline[], block: ProseBlock): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if ('children' in inline) return [{ ...inline, children: withoutShownOnce(inline.children, block) }]
    const type = inline.type === 'atom' ? block.atoms?.[inline.number - 1]?.type : undefined
    if (type === 'line_break') return [{ type: 'text', text: ' ' }]
    return type === 'image' || type === 'footnote' ? [] : [inline]
  })
}
