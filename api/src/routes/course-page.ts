import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { coursePage, coursePagePolicy, noCoursePage } from '../courses/course-page.ts'
import { getCourse } from '../courses/get-course.ts'
import type { CourseStore } from '../courses/ports.ts'
import { isFailure } from '../failure.ts'
import { failures } from './failure-status.ts'

const page = { content: { 'text/html': { schema: Type.String() } } }

/** The page at a course link, for people; outside of /api. */
export const coursePageRoutes: FastifyPluginAsyncTypebox<{ courses: CourseStore }> = async (
  app,
  { courses },
) => {
  app.get(
    '/course/:code',
    {
      schema: {
        operationId: 'showCourse',
        summary: 'Tell in a browser what a course link is',
        tags: ['sites'],
        params: Type.Object({ code: Type.String() }),
        response: {
          200: { ...page, description: 'The page' },
          ...failures(),
          404: { ...page, description: 'course_not_found' },
        },
      },
    },
    async (request, reply) => {
      const course = await getCourse(courses, request.params.code)
      reply.type('text/html; charset=utf-8').header('content-security-policy', coursePagePolicy)
      if (isFailure(course)) return reply.code(404).send(noCoursePage)
      return reply.header('cache-control', 'public, max-age=60').send(coursePage(course))
    },
  )
}
