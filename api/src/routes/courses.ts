import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Course, CourseCode } from '@lectern/shared'
import Type from 'typebox'
import { getCourse } from '../courses/get-course.ts'
import type { CourseStore } from '../courses/ports.ts'
import { isFailure } from '../failure.ts'
import { entityTag, NotChanged, namesEntityTag } from './entity-tag.ts'
import { failures } from './failure-status.ts'

export const courseRoutes: FastifyPluginAsyncTypebox<{ courses: CourseStore }> = async (app, { courses }) => {
  app.get(
    '/courses/:code',
    {
      schema: {
        operationId: 'getCourse',
        summary: 'Read which textbooks a course has',
        tags: ['sites'],
        params: Type.Object({ code: CourseCode }),
        headers: Type.Object({ 'if-none-match': Type.Optional(Type.String()) }),
        response: { 200: Course, 304: NotChanged, ...failures('validation_failed', 'course_not_found') },
      },
    },
    async (request, reply) => {
      const course = await getCourse(courses, request.params.code)
      if (isFailure(course)) return course
      const etag = entityTag(course)
      reply.headers({ etag, 'cache-control': 'public, max-age=60' })
      return namesEntityTag(request.headers['if-none-match'], etag) ? reply.code(304).send(undefined) : course
    },
  )
}
