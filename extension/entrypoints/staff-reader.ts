import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import type { SiteRules } from '../messaging/messages.ts'
import type { PageSummary } from '../staff/page-summary.ts'
import { readPage } from '../staff/read-page.ts'
import type { LessonReading } from '../staff/warmups/lesson-reading.ts'
import { readLesson } from '../staff/warmups/read-lesson.ts'

declare global {
  /** Set in the isolated world of a page that the staff page reads. */
  var lecternReadPage: ((rules: SiteRules) => PageSummary) | undefined
  var lecternReadLesson: ((rules: SiteRules) => LessonReading) | undefined
}

/** Run by the staff page in a page that it checks; what it then asks there is answered by this. */
export default defineUnlistedScript(() => {
  globalThis.lecternReadPage = (rules) => readPage(document, location.href, rules)
  globalThis.lecternReadLesson = (rules) => readLesson(document, location.href, rules)
})
