import type { Course, Failure } from '@lectern/shared'
import { failure } from '../failure.ts'
import type { CourseStore } from './ports.ts'

/** Gives a course by its code in any case of letters; `course_not_found` where there is none. */
export async function getCourse(store: CourseStore, code: string): Promise<Course | Failure> {
  const course = await store.find(code.toLowerCase())
  if (course) return course
  return failure(
    'course_not_found',
    'There is no course of this code: look at the link or the code that you were given again.',
    'code',
  )
}
