import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import type { LessonServices } from '../lesson/lesson-services.ts'
import { statedOn } from '../sites/stated-on.ts'
import { openLessonStream } from './open-lesson-stream.ts'
import { sendMessage } from './send-message.ts'

/** What a lesson's tab asks of the background, by messages and a port. */
export const lessonServices: LessonServices = {
  personalize: (lesson, wanted) =>
    openLessonStream({ type: 'personalize', ...textOf(lesson), ...wanted, stated: statedOn(document) }),
  settings: () => sendMessage('lesson-settings'),
  changeSettings: (change) => sendMessage('change-lesson-settings', change),
  report: (lesson, report) => sendMessage('report-problem', { lesson: textOf(lesson), ...report }),
  openOnboarding: () => void sendMessage('open-onboarding'),
  openLedger: () => void sendMessage('open-ledger'),
}

function textOf({ title, language, blocks }: ExtractedLesson) {
  return { title, language, blocks: blocks.map(({ block }) => block) }
}
