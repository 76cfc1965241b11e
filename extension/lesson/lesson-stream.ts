import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import type { LessonEvent, LessonQuestion } from '../messaging/lesson-protocol.ts'

/** The events of one answer, in order. `close` ends it early: no event comes after. */
export type LessonStream = AsyncIterable<LessonEvent> & { close(): void }

/** Asks for the rewrite of the lesson on the page: simpler or deeper, and in which of its wordings. */
export type Personalize = (
  lesson: ExtractedLesson,
  version: Pick<LessonQuestion, 'adjustment' | 'variant'>,
) => LessonStream
