import Type, { type Static } from 'typebox'
import { ReadLesson } from '../../messaging/lesson-protocol.ts'
import { noLessonReasons } from '../../sites/no-lesson-reason.ts'

/** A page's lesson with what the page's marks say of its use, or why it has none: the page's own word, untrusted. */
export const LessonReading = Type.Union([
  Type.Object({
    lesson: ReadLesson,
    stated: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 20 }),
  }),
  Type.Object({ reason: Type.Enum([...noLessonReasons, 'too_large'] as const) }),
])
export type LessonReading = Static<typeof LessonReading>
