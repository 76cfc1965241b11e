import { type Failure, lessonLimits, type WarmupLesson } from '@lectern/shared'
import { prepareLesson, slugOf } from '../../background/prepare-lesson.ts'
import type { ReadLesson } from '../../messaging/lesson-protocol.ts'

/** A lesson as a warm-up takes it: cut and hashed as it is for the learners who will ask for it; or why it is none. */
export function warmupLesson(lesson: ReadLesson, url: string): WarmupLesson | { refused: Failure['error'] } {
  const prepared = prepareLesson(lesson)
  if (prepared.sections.length === 0) return { refused: 'lesson_empty' }
  if (prepared.sections.length > lessonLimits.sections) return { refused: 'lesson_too_large' }
  const { origin, pathname } = new URL(url)
  return {
    lesson_slug: slugOf(url),
    url: origin + pathname,
    title: prepared.lesson.title,
    language: prepared.lesson.language,
    sections: prepared.sections.map(({ hash, path, blocks }) => ({ hash, path, blocks })),
  }
}
