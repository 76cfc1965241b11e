import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { User, UserCreate } from '@lectern/shared'
import Type from 'typebox'
import { createLearner, getLearner } from '../learners/accounts.ts'
import type { LearnerStore } from '../learners/ports.ts'
import { failures } from './failure-status.ts'

const tags = ['learner']

export const userRoutes: FastifyPluginAsyncTypebox<{ learners: LearnerStore }> = async (
  app,
  { learners },
) => {
  app.post(
    '/user/create',
    {
      schema: {
        operationId: 'createUser',
        summary: 'Make a learner of an id that the client has chosen',
        tags,
        body: UserCreate,
        response: { 201: User, ...failures('validation_failed', 'user_exists') },
      },
    },
    (request, reply) => {
      reply.code(201)
      return createLearner(learners, request.body.user_id)
    },
  )

  app.get(
    '/user/:user_id',
    {
      schema: {
        operationId: 'getUser',
        summary: 'Read a learner’s account',
        tags,
        params: Type.Object({ user_id: UserCreate.properties.user_id }),
        response: { 200: User, ...failures('validation_failed', 'user_not_found') },
      },
    },
    (request) => getLearner(learners, request.params.user_id),
  )
}
