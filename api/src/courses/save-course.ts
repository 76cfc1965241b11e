import type { Course, Failure, Site } from '@lectern/shared'
import { failure } from '../failure.ts'
import type { CourseStore } from './ports.ts'

/** Makes or changes a course; each of its textbooks must be on the whitelist. */
export async function saveCourse(
  { courses, sites }: { courses: CourseStore; sites: { list(): Promise<Site[]> } },
  course: Course,
): Promise<Course | Failure> {
  const listed = await sites.list()
  const ids = new Set(listed.map(({ id }) => id))
  const unknown = course.sites.find((id) => !ids.has(id))
  if (unknown !== undefined)
    return failure('site_not_found', `There is no site "${unknown}": see GET /api/sites.`, 'sites')
  await courses.put(course)
  return course
}

/** Removes a course; gives why that could not be. */
export async function removeCourse(courses: CourseStore, code: string): Promise<Failure | undefined> {
  if (await courses.remove(code)) return undefined
  return failure('course_not_found', 'There is no course of this code: see GET /api/courses.', 'code')
}
