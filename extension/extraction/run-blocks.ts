import { type Inline, walkInline } from '@lectern/shared'
import { listingText } from './code/listing.ts'
import type { Context } from './context.ts'
import type { ExtractedBlock, ProseRun } from './extracted-lesson.ts'
import { codeBlockOf, fixed } from './fixed-block.ts'
import { type InlineContent, readInline } from './inline-content.ts'
import { isElement, isText } from './nodes.ts'
import { proseOf } from './prose.ts'
import { isBesideTheText } from './run-furniture.ts'
import type { Survey } from './survey.ts'
import { isWords } from './table.ts'

/** The blocks that a run of inline nodes is: as a rule one of prose, or what stands alone in it. */
export function blocksOfRun(whole: ProseRun, context: Context, survey: Survey): ExtractedBlock[] {
  const trimmed = trimRun(whole, survey)
  if (trimmed === undefined) return []
  const run = context.kind === 'heading' ? insideSelfLink(trimmed, survey) : trimmed
  const content = readInline(nodesOf(run), survey)
  const words = wordsOf(content)
  if (isBesideTheText(run, content, context)) return []
  if (context.within === 'table' && context.kind === 'cell' && !isWords(words)) return []
  // Some pictographs count as letters.
  if (!/[\p{L}\p{N}]/u.test(words.replace(/\p{Extended_Pictographic}/gu, ''))) {
    const alone = blocksAlone(run, content, context)
    if (alone !== undefined) return alone
  }
  const kind = context.used && context.later !== undefined ? context.later : context.kind
  const prose = proseOf(run, content, kind, context.level)
  if (prose === undefined) return []
  if (survey.isKept(run.parent)) prose.block.keep = true
  return [prose]
}

/** The run without blanks, comments, line breaks and furniture at its edges. */
function trimRun(run: ProseRun, survey: Survey): ProseRun | undefined {
  const isEdge = (node: ChildNode) =>
    isText(node)
      ? isBlankText(textIn(run, node))
      : !isElement(node) || node.localName === 'br' || isAnchor(node) || survey.roleOf(node) === 'skip'
  let start: ChildNode | null = run.first
  while (start !== null && start !== run.last && isEdge(start)) start = start.nextSibling
  let end: ChildNode | null = run.last
  while (end !== null && end !== start && isEdge(end)) end = end.previousSibling
  if (start === null || end === null || (start === end && isEdge(start))) return undefined
  return {
    parent: run.parent,
    first: start,
    last: end,
    ...(run.start !== undefined && start === run.first && { start: run.start }),
    ...(run.end !== undefined && end === run.last && { end: run.end }),
  }
}

/** What a link elsewhere leads to, and no more. */
function isAnchor(element: Element): boolean {
  return element.localName === 'a' && element.firstChild === null
}

function isBlank(node: Node): boolean {
  return isText(node) ? isBlankText(node.data) : !isElement(node)
}

function isBlankText(text: string): boolean {
  return /^[\t\n\f\r ]*$/.test(text)
}

/** What of a text node is in a run. */
function textIn({ first, last, start, end }: ProseRun, node: Text): string {
  return node.data.slice(node === first ? start : 0, node === last ? end : undefined)
}

/** The nodes of a run; in place of a text node that it has only a part of, one with that part. */
function* nodesOf(run: ProseRun): Generator<Node> {
  const { first, last } = run
  for (let node: ChildNode | null = first; node !== null; node = node === last ? null : node.nextSibling) {
    const isCut = (node === first && run.start !== undefined) || (node === last && run.end !== undefined)
    yield isCut && isText(node) ? node.ownerDocument.createTextNode(textIn(run, node)) : node
  }
}

/** A heading that is a link to itself, as mdBook's: the link is furniture around the words, not one of the text. */
function insideSelfLink(run: ProseRun, survey: Survey): ProseRun {
  const link = run.first
  if (link !== run.last || !isElement(link) || link.localName !== 'a') return run
  if (!(link.getAttribute('href') ?? '').includes('#')) return run
  const { firstChild, lastChild } = link
  if (firstChild === null || lastChild === null) return run
  return trimRun({ parent: link, first: firstChild, last: lastChild }, survey) ?? run
}

/** The words of the text itself, without code, formulas and atoms. */
function wordsOf({ inlines }: InlineContent): string {
  return [...walkInline(inlines)].map((inline) => (inline.type === 'text' ? inline.text : '')).join(' ')
}

/** What a run without words holds: a formula, images, a listing; `undefined` where it is prose none the less. */
function blocksAlone(run: ProseRun, content: InlineContent, context: Context): ExtractedBlock[] | undefined {
  const parts = [...walkInline(content.inlines)].filter(
    (inline) => inline.type !== 'text' && !('children' in inline),
  )
  const seen = parts.filter((inline) => content.legends.get(inline)?.type !== 'line_break')
  const [part, ...more] = seen
  if (part === undefined) return []
  if (seen.every((inline) => content.legends.get(inline)?.type === 'image'))
    return imagesOf(seen, content, context)
  if (more.length > 0 || context.within !== undefined) return undefined
  if (part.type === 'math') return formulaAlone(part.tex, run, content.elements.get(part), context)
  const element = content.elements.get(part)
  if (part.type === 'code' && element !== undefined && listingText(element).includes('\n'))
    return codeBlockOf(element)
  return undefined
}

function imagesOf(images: Inline[], content: InlineContent, context: Context): ExtractedBlock[] {
  if (context.within !== undefined) return []
  return images.flatMap((image) => {
    const element = content.elements.get(image)
    return element === undefined ? [] : [fixed('image', content.legends.get(image)?.text ?? '', element)]
  })
}

/** A formula that stands alone is set off from the text, whatever its typesetter calls it; not so in a list. */
function formulaAlone(
  tex: string,
  run: ProseRun,
  element: Element | undefined,
  { kind }: Context,
): ExtractedBlock[] | undefined {
  if (kind === 'heading' || kind === 'caption') return undefined
  const holder = element ?? (isWholeContent(run) ? run.parent : undefined)
  if (holder === undefined || (kind === 'list_item' && element !== undefined)) return undefined
  return [fixed('math', tex, holder)]
}

/** Raw TeX has no element of its own; the paragraph that holds nothing else stands for it. */
function isWholeContent({ first, last, start, end }: ProseRun): boolean {
  if (start !== undefined || end !== undefined) return false
  const isRest = (node: ChildNode | null): boolean => node === null || isBlank(node)
  return isRest(first.previousSibling) && isRest(last.nextSibling)
}
