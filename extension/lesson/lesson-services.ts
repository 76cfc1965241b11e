import type { ReportKind } from '@lectern/shared'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import type { LessonQuestion } from '../messaging/lesson-protocol.ts'
import type { LessonSettings, LessonSettingsChange, Outcome } from '../messaging/messages.ts'
import type { LessonStream } from './lesson-stream.ts'

/** Simpler or deeper, and in which of its wordings. */
export type LessonVersion = Pick<LessonQuestion, 'adjustment' | 'variant'>

/** What is asked of a lesson: which version, and where the learner looks, which is made first. */
export type Wanted = LessonVersion & Pick<LessonQuestion, 'looking_at'>

/** A problem with the lesson or with one block of it, whose text goes along only where the learner ticked that. */
export type Report = { kind: ReportKind; block?: number; text?: string }

/** What a lesson's tab asks of the background, which alone talks to the API and knows the learner. */
export type LessonServices = {
  personalize(lesson: ExtractedLesson, wanted: Wanted): LessonStream
  /** What is set for this lesson and its site. */
  settings(): Promise<LessonSettings>
  changeSettings(change: LessonSettingsChange): Promise<unknown>
  report(lesson: ExtractedLesson, report: Report): Promise<Outcome>
  openOnboarding(): void
  /** Opens the list of what was sent, in a page of the extension: a page must not learn the API's address. */
  openLedger(): void
}
