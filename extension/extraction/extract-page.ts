import { furnitureOf } from '../sites/family-furniture.ts'
import { type Recognition, recognize, type SiteRule } from '../sites/recognize.ts'
import { extractLesson } from './extract-lesson.ts'
import type { ExtractedLesson } from './extracted-lesson.ts'

/** A page's lesson with the family that it was found by, or why it has none. */
export type ExtractedPage =
  | { lesson: ExtractedLesson; family: string }
  | Extract<Recognition, { lesson: false }>

/** Recognizes a page and extracts its lesson, without what its family's pages and course staff leave out. */
export function extractPage(document: Document, url: string, site?: SiteRule): ExtractedPage {
  const recognition = recognize(document, url, site)
  if (!recognition.lesson) return recognition
  const { root, family, ignore } = recognition
  return { lesson: extractLesson(root, { ignore, furniture: furnitureOf(family) }), family }
}
