import type { Inline } from '@lectern/shared'
import type { Context } from './context.ts'
import type { ProseRun } from './extracted-lesson.ts'
import type { InlineContent } from './inline-content.ts'

/** What links to the pages around a page are called, in the languages of the books where they were seen. */
const AROUND =
  /^(?:next|prev|previous|back|up|top|home|contents|index|siguiente|anterior|subir|suivant|précédent|weiter|zurück)$/
/** What stands between such links in a row. */
const BETWEEN = /[<>«»‹›←→↑|•·]/
/** Longer than this and a paragraph with a link to its source says more than where that is. */
const LONGEST_EDIT_LINE = 120
const EDIT_LINK = /^https?:\/\/(?:www\.)?(?:github|gitlab|bitbucket)\.[^?#]*\/_?edit\//
const LONE_NUMBER = /^(?:\(?\d{1,3}[.)]?|\(?[a-z][.)])$/i
/** Where a number stands for itself. */
const NUMBER_HOLDERS = 'p, li, dd, dt, td, th, blockquote, figcaption, caption, label, .para'

/** Whether a run is of the page rather than of the lesson: links to pages around, to edit it, a number set apart. */
export function isBesideTheText(run: ProseRun, content: InlineContent, { kind }: Context): boolean {
  if (isLoneNumber(run, content)) return true
  return kind === 'paragraph' && (isPager(content) || isEditLine(content))
}

/** Nothing but links, named as what leads to the pages around, or in a row with bars or arrows between. */
function isPager({ inlines, legends }: InlineContent): boolean {
  const links: Inline[][] = []
  const outside = wordsOf(inlines, links, legends)
  const names = labelsIn(outside)
  if (links.length === 0 || !names.every((name) => AROUND.test(name))) return false
  if (names.length > 0 || (links.length > 1 && BETWEEN.test(outside))) return true
  return links.some((link) => AROUND.test(labelsIn(wordsOf(link, [], legends)).join(' ')))
}

function labelsIn(words: string): string[] {
  return words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** The words outside links, which are gathered. */
function wordsOf(inlines: readonly Inline[], links: Inline[][], legends: InlineContent['legends']): string {
  const words = inlines.map((inline) => {
    if (inline.type === 'link') return links.push(inline.children) > 0 ? ' ' : ''
    if ('children' in inline) return wordsOf(inline.children, links, legends)
    if (inline.type === 'atom') return legends.get(inline)?.text ?? ''
    return inline.type === 'math' ? inline.tex : inline.text
  })
  return words.join('')
}

function isEditLine({ inlines, legends, elements }: InlineContent): boolean {
  const links: Inline[][] = []
  const words = wordsOf(inlines, links, legends)
  if (links.length === 0 || words.length > LONGEST_EDIT_LINE) return false
  return [...elements].some(
    ([inline, element]) => inline.type === 'link' && EDIT_LINK.test(element.getAttribute('href') ?? ''),
  )
}

/** A chapter's number above its title, a question's beside its words. */
function isLoneNumber({ parent }: ProseRun, { inlines, legends }: InlineContent): boolean {
  return !parent.matches(NUMBER_HOLDERS) && LONE_NUMBER.test(wordsOf(inlines, [], legends).trim())
}
