import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CacheCleared, LearnerExport, User, UserCreate } from '@lectern/shared'
import Type from 'typebox'
import { createLearner, getLearner } from '../learners/accounts.ts'
import { eraseLearner, exportLearner, type OwnRecordsPorts } from '../learners/own-records.ts'
import type { LearnerStore } from '../learners/ports.ts'
import { failures } from './failure-status.ts'
import { LearnerHeaders } from './learner-header.ts'

const tags = ['learner']
const params = Type.Object({ user_id: UserCreate.properties.user_id })

export const userRoutes: FastifyPluginAsyncTypebox<{
  learners: LearnerStore
  ownRecords: OwnRecordsPorts
}> = async (app, { learners, ownRecords }) => {
  app.post(
    '/user/create',
    {
      config: { createsLearner: true },
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
        params,
        response: { 200: User, ...failures('validation_failed', 'user_not_found') },
      },
    },
    (request) => getLearner(learners, request.params.user_id),
  )

  app.get(
    '/user/:user_id/export',
    {
      schema: {
        operationId: 'exportUser',
        summary: 'Read all that is stored of a learner',
        description: 'X-User-ID is the same id.',
        tags,
        params,
        headers: LearnerHeaders,
        response: { 200: LearnerExport, ...failures('missing_user', 'validation_failed', 'user_not_found') },
      },
    },
    (request) => exportLearner(ownRecords, request.params.user_id),
  )

  app.delete(
    '/user/:user_id',
    {
      schema: {
        operationId: 'eraseUser',
        summary:
          'Erase a learner with all that is stored of them, and the rewrites that no other learner used',
        description: 'X-User-ID is the same id.',
        tags,
        params,
        headers: LearnerHeaders,
        response: { 200: CacheCleared, ...failures('missing_user', 'validation_failed', 'user_not_found') },
      },
    },
    (request) => eraseLearner(ownRecords, request.params.user_id),
  )
}
