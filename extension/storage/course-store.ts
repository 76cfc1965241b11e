import { Course } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from './persisted-store.ts'

/** Which textbooks the learner's course staff handed out. */
export const CourseKept = Type.Object({
  /** The course in use; null where every textbook of the API counts. */
  course: Type.Union([Course, Type.Null()]),
  /** The ids of the textbooks that the learner was shown; null before the first list. */
  seen: Type.Union([Type.Array(Type.String()), Type.Null()]),
})
export type CourseKept = Static<typeof CourseKept>

export const courseStore = createPersistedStore({
  key: 'course',
  version: 1,
  migrations: {},
  schema: CourseKept,
  initial: (): CourseKept => ({ course: null, seen: null }),
})

/** Takes a course of the API in force into use, or none. What was new in another is no news here. */
export function keepCourse(course: Course | null): Promise<CourseKept> {
  return courseStore.update(() => ({ course, seen: null }))
}

/** Notes that the learner was shown textbooks: none of them is new any more. */
export function noteSeen(ids: readonly string[]): Promise<CourseKept> {
  return courseStore.update((kept) => ({ ...kept, seen: [...new Set([...(kept.seen ?? []), ...ids])] }))
}
