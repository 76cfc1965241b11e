import { UserId } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { failure } from '../failure.ts'

/** Who asks. Documented as X-User-ID; Node gives headers in lower case. */
export const LearnerHeaders = Type.Object({ 'x-user-id': UserId })

/** Refuses a body or a path whose `user_id` is not the header's, on every route: a learner's calls are their own. */
export function requireOneLearner(app: FastifyInstance): void {
  app.addHook('preHandler', async ({ headers, body, params }: FastifyRequest, reply) => {
    const header = headers['x-user-id']
    if (typeof header !== 'string') return
    const named = [idIn(body), idIn(params)].filter((id) => id !== undefined)
    if (named.every((id) => id.toLowerCase() === header.toLowerCase())) return
    const message =
      'user_id must be the id of the header X-User-ID: send the same id in both, or in one alone.'
    return reply.send(failure('validation_failed', message, 'user_id'))
  })
}

function idIn(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null || !('user_id' in part)) return undefined
  return typeof part.user_id === 'string' ? part.user_id : undefined
}
