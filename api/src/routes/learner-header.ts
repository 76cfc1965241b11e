import { UserId } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { failure } from '../failure.ts'

/** Who asks. Documented as X-User-ID; Node gives headers in lower case. */
export const LearnerHeaders = Type.Object({ 'x-user-id': UserId })

/** Refuses a body whose `user_id` is not the header's, on every route. */
export function requireOneLearner(app: FastifyInstance): void {
  app.addHook('preHandler', async ({ headers, body }: FastifyRequest, reply) => {
    const header = headers['x-user-id']
    if (typeof header !== 'string' || typeof body !== 'object' || body === null) return
    if (!('user_id' in body) || typeof body.user_id !== 'string') return
    if (body.user_id.toLowerCase() === header.toLowerCase()) return
    const message =
      'user_id must be the id of the header X-User-ID: send the same id in both, or in one alone.'
    return reply.send(failure('validation_failed', message, 'user_id'))
  })
}
