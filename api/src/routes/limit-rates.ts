import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure } from '../failure.ts'
import { addressBlock } from '../usage/address-block.ts'
import { AnsweredBody } from './lesson-body.ts'

/** Requests that one process takes; 0 is no limit. */
export type RateLimits = {
  /** Of a learner in a minute. */
  learner: number
  /** Of a block of addresses in a minute: a whole school may share one. */
  address: number
  /** Learners made from a block of addresses in an hour. */
  creation: number
}

type Rate = keyof RateLimits
const MINUTE_MS = 60_000
const windows: Record<Rate, number> = { learner: MINUTE_MS, address: MINUTE_MS, creation: 60 * MINUTE_MS }
/** Of more learners or addresses, those are forgotten that came longest ago. */
const MOST_KNOWN = 20_000

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Makes a learner: limited by address block beside the other rates. */
    createsLearner?: boolean
  }
}

/**
 * Answers `too_many_requests` beyond these rates. What lies ready in memory is not counted: it costs less than the
 * counting. Each process counts for itself; what processes share are the budgets of new rewrites.
 */
export async function limitRates(
  app: FastifyInstance,
  limits: RateLimits,
  onLimited: (rate: Rate) => void,
): Promise<void> {
  await app.register(rateLimit, { global: false, cache: MOST_KNOWN })
  const limiter = (rate: Rate, key: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max: limits[rate], timeWindow: windows[rate], keyGenerator: key })
  const counted = [
    { rate: 'creation', of: limiter('creation', blockOf), applies: makesLearner },
    { rate: 'learner', of: limiter('learner', learnerOf), applies: namesLearner },
    { rate: 'address', of: limiter('address', blockOf), applies: () => true },
  ] as const

  app.addHook('preHandler', async (request, reply) => {
    if (request.body instanceof AnsweredBody || request.routeOptions.config.vital) return
    for (const { rate, of, applies } of counted) {
      if (limits[rate] === 0 || !applies(request)) continue
      const used = await of(request)
      if (used.isAllowed || !used.isExceeded) continue
      onLimited(rate)
      return refuse(reply, rate, used.ttlInSeconds)
    }
  })
}

function refuse(reply: FastifyReply, rate: Rate, seconds: number): FastifyReply {
  return reply.send({ ...failure('too_many_requests', messages[rate]), retry_after: seconds })
}

const messages: Record<Rate, string> = {
  learner: 'These are more requests than a learner needs: try again in a minute.',
  address: 'Too many requests come from your network just now: try again in a minute.',
  creation: 'Too many learners were made from your network just now: try again later.',
}

function makesLearner({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.createsLearner === true
}

function namesLearner({ headers }: FastifyRequest): boolean {
  return typeof headers['x-user-id'] === 'string'
}

function learnerOf({ headers }: FastifyRequest): string {
  return String(headers['x-user-id']).toLowerCase()
}

function blockOf({ ip }: FastifyRequest): string {
  return addressBlock(ip) ?? 'none'
}
