import { Course } from '@lectern/shared'
import { asc, eq, sql } from 'drizzle-orm'
import { Compile } from 'typebox/compile'
import type { CourseStore } from '../courses/ports.ts'
import type { Database } from './database.ts'
import { courses } from './tables.ts'

const courseSchema = Compile(Course)

/** Courses in PostgreSQL. A row that does not fit the schema counts as none. */
export function createCourseStore({ orm, read, write }: Database): CourseStore {
  const fields = { code: courses.code, name: courses.name, sites: courses.sites }
  const findCourse = orm
    .select(fields)
    .from(courses)
    .where(eq(courses.code, sql.placeholder('code')))
    .prepare('find_course')

  return {
    async find(code) {
      const [course] = await read(() => findCourse.execute({ code }))
      return courseSchema.Check(course) ? course : undefined
    },

    async put({ code, name, sites }) {
      await write(() =>
        orm
          .insert(courses)
          .values({ code, name, sites })
          .onConflictDoUpdate({ target: courses.code, set: { name, sites, updated_at: sql`now()` } }),
      )
    },

    async list() {
      const rows = await read(() => orm.select(fields).from(courses).orderBy(asc(courses.code)))
      return rows.filter((course) => courseSchema.Check(course))
    },

    async remove(code) {
      const removed = await write(() =>
        orm.delete(courses).where(eq(courses.code, code)).returning({ code: courses.code }),
      )
      return removed.length > 0
    },
  }
}
