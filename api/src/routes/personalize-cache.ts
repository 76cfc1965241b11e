import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CacheCleared } from '@lectern/shared'
import { clearHistory } from '../learners/clear-history.ts'
import type { ClearableHistory, LearnerStore } from '../learners/ports.ts'
import { failures } from './failure-status.ts'
import { LearnerHeaders } from './learner-header.ts'

export const personalizeCacheRoutes: FastifyPluginAsyncTypebox<{
  learners: LearnerStore
  history: ClearableHistory
}> = async (app, { learners, history }) => {
  app.delete(
    '/personalize/cache',
    {
      schema: {
        operationId: 'clearCache',
        summary: 'Forget what a learner has read, with the rewrites that no other learner used',
        tags: ['personalize'],
        headers: LearnerHeaders,
        response: { 200: CacheCleared, ...failures('missing_user', 'validation_failed', 'user_not_found') },
      },
    },
    (request) => clearHistory(learners, history, request.headers['x-user-id']),
  )
}
