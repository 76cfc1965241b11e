import {
  cleanLine,
  type Failure,
  type LessonProgress,
  mergeProgress,
  type Progress,
  progressLimits,
} from '@lectern/shared'
import { failure } from '../failure.ts'
import { userNotFound } from './accounts.ts'
import type { ProgressStore } from './ports.ts'

/** Gives how far a learner is, newest first; `user_not_found` for an unknown one. */
export async function getProgress(store: ProgressStore, userId: string): Promise<Progress | Failure> {
  const lessons = await store.list(userId)
  return lessons ? { lessons } : userNotFound()
}

/**
 * Merges what one device knows into what is kept, and gives these lessons as they are kept then. Fails with
 * `user_not_found`, or with `progress_full` where more lessons would be kept than {@link progressLimits} says.
 */
export async function mergeIntoProgress(
  store: ProgressStore,
  userId: string,
  lessons: readonly LessonProgress[],
): Promise<Progress | Failure> {
  const merged = await store.merge(userId, distinct(lessons), progressLimits.lessons)
  if (merged === 'unknown_learner') return userNotFound()
  if (merged !== 'full') return { lessons: merged }
  return failure(
    'progress_full',
    `Progress of ${progressLimits.lessons} lessons is kept already: send changes of those alone.`,
    'lessons',
  )
}

/** What a learner is answered who wants no progress kept: no lesson; `user_not_found` for an unknown one. */
export async function keepNoProgress(store: ProgressStore, userId: string): Promise<Progress | Failure> {
  return (await store.list(userId)) ? { lessons: [] } : userNotFound()
}

/** One entry for each lesson, in the form that is kept: a statement cannot change a row twice. */
function distinct(lessons: readonly LessonProgress[]): LessonProgress[] {
  const byLesson = new Map<string, LessonProgress>()
  for (const given of lessons) {
    const lesson = canonical(given)
    const key = JSON.stringify([lesson.site, lesson.lesson_slug])
    const known = byLesson.get(key)
    byLesson.set(key, known ? mergeProgress(known, lesson) : lesson)
  }
  return [...byLesson.values()]
}

/** A day such as February 30 is read as March 2, and a time to come as now: else it would outlive every change. */
function canonical(lesson: LessonProgress): LessonProgress {
  const time = Math.min(Date.parse(lesson.updated_at), Date.now())
  return {
    ...lesson,
    lesson_slug: cleanLine(lesson.lesson_slug),
    updated_at: new Date(time).toISOString(),
  }
}
