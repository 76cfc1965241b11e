import type { Course } from '@lectern/shared'

/** Where courses are kept. Every method is one statement. */
export type CourseStore = {
  /** The course of a code in lower case; nothing where there is none. */
  find(code: string): Promise<Course | undefined>
  /** Adds the course, or replaces the one of its code. */
  put(course: Course): Promise<void>
  /** All courses, by their codes. */
  list(): Promise<Course[]>
  /** Whether there was one to remove. */
  remove(code: string): Promise<boolean>
}
