import { historyHeader, historyOff, UserId } from '@lectern/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { failure } from '../failure.ts'

const historyName = 'x-lectern-history'

/** Who asks, and whether what they do may be kept. Documented as in `headerNames`; Node gives headers in lower case. */
export const LearnerHeaders = Type.Object({
  'x-user-id': UserId,
  [historyName]: Type.Optional(
    Type.Enum([historyOff], { description: 'nothing of what this call says of the learner is kept' }),
  ),
})

/** How headers are known that Node gives in lower case. */
export const headerNames: Readonly<Record<string, string>> = {
  'x-user-id': 'X-User-ID',
  [historyName]: historyHeader,
}

/** Whether what a call says of its learner may be kept: not where it wants none, in whatever words. */
export function keepsHistory({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers[historyName] === undefined
}

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
