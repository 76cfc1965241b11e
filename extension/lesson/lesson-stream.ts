import type { LessonEvent } from '../messaging/lesson-protocol.ts'

/** The events of one answer, in order. `close` ends it early: no event comes after. */
export type LessonStream = AsyncIterable<LessonEvent> & { close(): void }
