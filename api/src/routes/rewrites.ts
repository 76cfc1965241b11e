import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Hash, PersonalizedLesson, RewritesQuery, UserId } from '@lectern/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { type HashAsker, isReady, type LessonAnswers } from '../answers/lesson-answers.ts'
import type { ReadyAnswer } from '../answers/ready-answers.ts'
import { answerLesson, sendReady } from './answer-lesson.ts'
import { NotChanged, namesEntityTag } from './entity-tag.ts'
import { formatWanted } from './event-stream.ts'
import { failures } from './failure-status.ts'
import { keepsHistory, LearnerHeaders } from './learner-header.ts'

/** The learner is no part of the answer; an id that comes along only enters that learner's history. */
const Headers = Type.Object({
  ...LearnerHeaders.properties,
  'x-user-id': Type.Optional(UserId),
  'if-none-match': Type.Optional(Type.String()),
})

const userId = Compile(UserId)

export const rewritesRoutes: FastifyPluginAsyncTypebox<{ answers: LessonAnswers }> = async (
  app,
  { answers },
) => {
  app.get(
    '/rewrites/:lesson_hash',
    {
      // To read and check an address again costs more than the answer.
      onRequest: (request, reply, done) => {
        const answer = knownAnswer(answers, request)
        if (answer === undefined) done()
        else sendStored(request, reply, answer)
      },
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
      const { params, query, url } = request
      const asker = askerOf(request)
      const answer = await answers.byHash(params.lesson_hash, query, formatWanted(request), asker, url)
      if (isReady(answer)) return sendStored(request, reply, answer)
      return await answerLesson(request, reply, answer)
    },
  )
}

/** To read and check a URL again would cost more than the answer. */
function knownAnswer(answers: LessonAnswers, request: FastifyRequest): ReadyAnswer | undefined {
  const asker = askerOf(request)
  if (asker.userId !== undefined && !userId.Check(asker.userId)) return undefined
  return answers.byUrl(request.url, formatWanted(request), asker)
}

function askerOf(request: FastifyRequest): HashAsker {
  const { ip: address, headers } = request
  const user = headers['x-user-id']
  return typeof user === 'string' && keepsHistory(request) ? { userId: user, address } : { address }
}

function sendStored(request: FastifyRequest, reply: FastifyReply, answer: ReadyAnswer): FastifyReply {
  if (answer.format === 'events') return sendReady(reply, answer)
  reply.header('etag', answer.etag).header('cache-control', 'no-cache')
  if (namesEntityTag(request.headers['if-none-match'], answer.etag)) return reply.code(304).send(undefined)
  return sendReady(reply, answer)
}
