import { extractLesson } from '../extraction/extract-lesson.ts'
import { type ExtractedBlock, isExtractedProse } from '../extraction/extracted-lesson.ts'
import { hasClobberedForm } from '../sites/clobbered-forms.ts'
import { furnitureOf } from '../sites/family-furniture.ts'
import { findLesson } from '../sites/find-lesson.ts'
import { claimingFamilies, type Recognition, type SiteRule } from '../sites/recognize.ts'

/** Where pages have their content, best first. */
const CONTENT = ['main', '[role=main]', 'article', 'body']

/**
 * Where the lesson is on a page of which its learner says that it is one, whatever it looks like: where the general
 * finder sees text or, where it sees none, in the first of the usual elements with any prose beside headings.
 */
export function recognizeAnyway(document: Document, url: string, site: SiteRule = {}): Recognition {
  if (hasClobberedForm(document)) return { lesson: false, reason: 'no_lesson' }
  const family = claimingFamilies(document, url)[0] ?? 'unknown'
  const ignore = [...(site.ignore ?? [])]
  const furniture = furnitureOf(family)
  const root = candidates(document).find((candidate) =>
    extractLesson(candidate, { ignore, furniture }).blocks.some(isBodyText),
  )
  if (root === undefined) return { lesson: false, reason: 'short' }
  return { lesson: true, root, family, ignore }
}

function candidates(document: Document): Element[] {
  return [findLesson(document), ...CONTENT.map((selector) => document.querySelector(selector))].filter(
    (candidate) => candidate != null,
  )
}

function isBodyText(extracted: ExtractedBlock): boolean {
  return isExtractedProse(extracted) && extracted.block.kind !== 'heading'
}
