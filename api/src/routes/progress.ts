import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Progress, ProgressChange } from '@lectern/shared'
import type { ProgressStore } from '../learners/ports.ts'
import { getProgress, keepNoProgress, mergeIntoProgress } from '../learners/progress.ts'
import { failures } from './failure-status.ts'
import { keepsHistory, LearnerHeaders } from './learner-header.ts'

const tags = ['learner']

export const progressRoutes: FastifyPluginAsyncTypebox<{ progress: ProgressStore }> = async (
  app,
  { progress },
) => {
  app.get(
    '/progress',
    {
      schema: {
        operationId: 'getProgress',
        summary: 'Read how far a learner is with each lesson',
        tags,
        headers: LearnerHeaders,
        response: { 200: Progress, ...failures('missing_user', 'validation_failed', 'user_not_found') },
      },
    },
    (request) => getProgress(progress, request.headers['x-user-id']),
  )

  app.put(
    '/progress',
    {
      schema: {
        operationId: 'changeProgress',
        summary: 'Merge what a device knows of any lessons; gives these as they are kept then',
        tags,
        headers: LearnerHeaders,
        body: ProgressChange,
        response: {
          200: Progress,
          ...failures('missing_user', 'validation_failed', 'user_not_found', 'progress_full'),
        },
      },
    },
    (request) => {
      const learner = request.headers['x-user-id']
      if (!keepsHistory(request)) return keepNoProgress(progress, learner)
      return mergeIntoProgress(progress, learner, request.body.lessons)
    },
  )
}
