import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Onboarding, Preferences, PreferencesChange } from '@lectern/shared'
import type { LearnerStore } from '../learners/ports.ts'
import { changePreferences, completeOnboarding, getPreferences } from '../learners/preferences.ts'
import { failures } from './failure-status.ts'
import { LearnerHeaders } from './learner-header.ts'

const tags = ['learner']

export const preferencesRoutes: FastifyPluginAsyncTypebox<{ learners: LearnerStore }> = async (
  app,
  { learners },
) => {
  app.post(
    '/onboarding',
    {
      schema: {
        operationId: 'completeOnboarding',
        summary: 'Answer the six questions',
        tags,
        body: Onboarding,
        response: { 200: Preferences, ...failures('validation_failed', 'user_not_found') },
      },
    },
    ({ body: { user_id, ...preferences } }) => completeOnboarding(learners, user_id, preferences),
  )

  app.get(
    '/user/preferences',
    {
      schema: {
        operationId: 'getPreferences',
        summary: 'Read a learner’s preferences',
        tags,
        headers: LearnerHeaders,
        response: {
          200: Preferences,
          ...failures('missing_user', 'validation_failed', 'user_not_found', 'onboarding_incomplete'),
        },
      },
    },
    (request) => getPreferences(learners, request.headers['x-user-id']),
  )

  app.put(
    '/user/preferences',
    {
      schema: {
        operationId: 'changePreferences',
        summary: 'Change any of a learner’s preferences',
        tags,
        headers: LearnerHeaders,
        body: PreferencesChange,
        response: {
          200: Preferences,
          ...failures('missing_user', 'validation_failed', 'user_not_found', 'onboarding_incomplete'),
        },
      },
    },
    (request) => changePreferences(learners, request.headers['x-user-id'], request.body),
  )
}
