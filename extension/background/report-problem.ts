import type { ReportCreate } from '@lectern/shared'
import type { ProblemReport } from '../messaging/messages.ts'
import { apiOf } from './api-of-learner.ts'
import { ledgerLessonOf, placeOf, prepareLesson } from './prepare-lesson.ts'
import { asKnownLearner } from './sync-learner.ts'

/** The characters of a block's text that a report takes (shared/src/reports.ts). */
const longestText = 2000

/**
 * Reports a problem with the lesson on a page, without the page's query and fragment; the block's text goes along
 * only where the learner chose to send it.
 * @throws ApiError when the API does not take it
 */
export async function reportProblem(
  { lesson, kind, block, text }: ProblemReport,
  url: string,
): Promise<void> {
  const prepared = prepareLesson(lesson)
  const { origin, pathname } = new URL(url)
  const shown = text?.trim().slice(0, longestText).toWellFormed()
  const report: ReportCreate = {
    lesson_hash: prepared.hash,
    url: origin + pathname,
    kind,
    ...(block === undefined ? {} : placeOf(prepared, block)),
    ...(shown ? { text: shown } : {}),
  }
  await asKnownLearner(async (learner) => {
    const api = await apiOf(learner, { lesson: ledgerLessonOf(prepared, url) })
    return api.report(report)
  })
}
