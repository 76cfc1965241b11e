import { cleanLine, parseInline, plainText, primaryLanguage } from '@lectern/shared'
import { hasClobberedForm } from '../sites/clobbered-forms.ts'
import { walkBlocks } from './block-walk.ts'
import { type ExtractedBlock, type ExtractedLesson, isExtractedProse } from './extracted-lesson.ts'
import { Survey } from './survey.ts'

/** The longest title that the API takes. */
const LONGEST_TITLE = 500

export type ExtractOptions = {
  /** The lesson's title, where something better than its first heading is known. */
  title?: string
  /** Selectors of what course staff leave out. */
  ignore?: readonly string[]
  /** Selectors of what the family's pages have in the lesson's element that is not of the lesson. */
  furniture?: readonly string[]
  /** Selectors of what course staff keep word for word, beside what the page marks so itself. */
  keep?: readonly string[]
}

/**
 * The lesson that stands below a root element: its blocks in reading order, each tied to its nodes, its title and
 * its language (a primary subtag, `und` where the page does not say). Reads only, and only the document: the same
 * page gives the same lesson in every browser, at every width and in every theme. Never fails; a page without
 * prose gives no blocks, nor does one whose forms cannot be walked through.
 */
export function extractLesson(root: Element, options: ExtractOptions = {}): ExtractedLesson {
  const blocks = hasClobberedForm(root.ownerDocument) ? [] : blocksOf(root, options)
  return { root, title: titleOf(root, blocks, options.title), language: languageOf(root), blocks }
}

function blocksOf(root: Element, { ignore = [], furniture = [], keep }: ExtractOptions): ExtractedBlock[] {
  return walkBlocks(root, new Survey(root, [...ignore, ...furniture], keep))
}

function titleOf(root: Element, blocks: ExtractedBlock[], given: string | undefined): string {
  const title = given ?? headingWords(blocks, root.ownerDocument.title) ?? documentTitle(root.ownerDocument)
  return cleanLine(cleanLine(title).slice(0, LONGEST_TITLE).toWellFormed())
}

/** A book in many pages may begin each at a lower level than the first: the document's title tells whether one did. */
function headingWords(blocks: ExtractedBlock[], documentTitle: string): string | undefined {
  const headings = blocks.filter(isExtractedProse).filter(({ block }) => block.kind === 'heading')
  const top = headings.find(({ block }) => block.level === 1)
  if (top !== undefined) return plainText(parseInline(top.block.text))
  const words = headings[0] && plainText(parseInline(headings[0].block.text))
  const bare = words?.replace(/^[\d.\s]+/, '')
  return bare && cleanLine(documentTitle).includes(bare) ? words : undefined
}

/** The part of a document's title that names the page: generators put the book's name after it. */
function documentTitle(document: Document): string {
  return document.title.split(/\s+[|·—–-]\s+/)[0] ?? ''
}

function languageOf(root: Element): string {
  return primaryLanguage(root.closest('[lang]')?.getAttribute('lang') ?? '')
}
