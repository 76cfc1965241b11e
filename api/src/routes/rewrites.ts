import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Hash, PersonalizedLesson, RewritesQuery, UserId } from '@lectern/shared'
import Type from 'typebox'
import { isReady, type LessonAnswers } from '../answers/lesson-answers.ts'
import { answerLesson } from './answer-lesson.ts'
import { NotChanged, namesEntityTag } from './entity-tag.ts'
import { formatWanted } from './event-stream.ts'
import { failures } from './failure-status.ts'

/** The learner is no part of the answer; an id that comes along only enters that learner's history. */
const Headers = Type.Object({
  'x-user-id': Type.Optional(UserId),
  'if-none-match': Type.Optional(Type.String()),
})

export const rewritesRoutes: FastifyPluginAsyncTypebox<{ answers: LessonAnswers }> = async (
  app,
  { answers },
) => {
  app.get(
    '/rewrites/:lesson_hash',
    {
      schema: {
        operationId: 'getRewrites',
        summary: 'Read a lesson that is stored, or being made, as a whole',
        tags: ['lesson'],
        headers: Headers,
        params: Type.Object({ lesson_hash: Hash }),
        querystring: RewritesQuery,
        response: {
          200: PersonalizedLesson,
          304: NotChanged,
          ...failures(
            'validation_failed',
            'site_not_listed',
            'site_denied',
            'lesson_not_stored',
            'language_needs_model',
            'upstream_failed',
            'upstream_timeout',
            'upstream_refused',
            'overloaded',
            'budget_spent',
          ),
        },
      },
    },
    async (request, reply) => {
      const { params, query, headers } = request
      const format = formatWanted(request)
      const answer = await answers.byHash(params.lesson_hash, query, format, headers['x-user-id'])
      if (isReady(answer) && format === 'json') {
        reply.header('etag', answer.etag).header('cache-control', 'no-cache')
        if (namesEntityTag(headers['if-none-match'], answer.etag)) return reply.code(304).send(undefined)
      }
      return await answerLesson(request, reply, answer)
    },
  )
}
