import { extractLesson } from '../extraction/extract-lesson.ts'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import { sizeOfLesson } from '../lesson/lesson-size.ts'
import type { SiteRules } from '../messaging/messages.ts'
import { furnitureOf } from '../sites/family-furniture.ts'
import type { NoLessonReason } from '../sites/no-lesson-reason.ts'
import { recognize } from '../sites/recognize.ts'

/** The lesson of a page, with nothing extracted where it is too large; or why it has none. */
export type LessonOnPage =
  | { lesson: false; reason: NoLessonReason }
  | { lesson: true; family: string; extracted: ExtractedLesson | undefined }

/** Reads the lesson of a page under rules that need not be saved yet, in its author's words. Changes nothing. */
export function extractOnPage(document: Document, url: string, rules: SiteRules): LessonOnPage {
  const found = recognize(document, url, rules)
  if (!found.lesson) return found
  const { family, ignore } = found
  const root = originalOf(found.root)
  if (sizeOfLesson(root) === 'too_large') return { lesson: true, family, extracted: undefined }
  const options = { ignore, furniture: furnitureOf(family), keep: rules.keep ?? [] }
  return { lesson: true, family, extracted: extractLesson(root, options) }
}

/** Where Lectern shows a page personalized, the author's lesson is hidden beside its clone. */
function originalOf(root: Element): Element {
  const isClone = root.closest('[data-lectern-clone]') !== null
  return (isClone ? root.ownerDocument.querySelector('[data-lectern-hidden]') : null) ?? root
}
