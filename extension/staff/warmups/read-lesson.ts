import type { SiteRules } from '../../messaging/messages.ts'
import { statedOn } from '../../sites/stated-on.ts'
import { extractOnPage } from '../extract-on-page.ts'
import type { LessonReading } from './lesson-reading.ts'

/** The lesson of a page as its learners would ask for it. Reads only. */
export function readLesson(document: Document, url: string, rules: SiteRules): LessonReading {
  const found = extractOnPage(document, url, rules)
  if (!found.lesson) return { reason: found.reason }
  if (found.extracted === undefined) return { reason: 'too_large' }
  const { title, language, blocks } = found.extracted
  return {
    lesson: { title, language, blocks: blocks.map(({ block }) => block) },
    stated: statedOn(document),
  }
}
