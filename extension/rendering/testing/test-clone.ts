import type { ExtractedLesson } from '../../extraction/extracted-lesson.ts'
import { createLessonClone, type LessonClone, type LessonCloneOptions } from '../lesson-clone.ts'
import { englishWords } from './english-words.ts'

/** A clone that says what it says itself in English. */
export function createTestClone(
  lesson: ExtractedLesson,
  options: Omit<LessonCloneOptions, 'words'> = {},
): LessonClone {
  return createLessonClone(lesson, { ...options, words: englishWords })
}
