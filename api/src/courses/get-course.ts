import { type Course, CourseCode, type Failure } from '@lectern/shared'
import { Compile } from 'typebox/compile'
import { failure } from '../failure.ts'
import type { CourseStore } from './ports.ts'

const isCode = Compile(CourseCode)

/** Gives a course by its code in any case of letters; `course_not_found` where there is none. */
export async function getCourse(store: CourseStore, code: string): Promise<Course | Failure> {
  const course = isCode.Check(code) ? await store.find(code.toLowerCase()) : undefined
  if (course) return course
  return failure(
    'course_not_found',
    'There is no course of this code: look at the link or the code that you were given again.',
    'code',
  )
}
