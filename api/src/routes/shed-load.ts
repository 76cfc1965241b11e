import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { failure } from '../failure.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered whatever the load: who watches the process must hear from it. */
    vital?: boolean
  }
}

export type PressureLimits = {
  /** Of the process, 0 for no limit. */
  rssBytes: number
  /** Mean of a second. */
  eventLoopDelayMs: number
  /** After it has begun to listen a process may be slow for so long: it compiles what it runs for the first time. */
  graceMs: number
}

const RETRY_S = 5
/** V8 collects harder and harder, then ends the process: before that, requests are turned away. */
const HEAP_SHARE = 0.9

/** Answers requests with `overloaded` while the process has more to do than it can, or too little memory. */
export async function shedLoad(
  app: FastifyInstance,
  { rssBytes, eventLoopDelayMs, graceMs }: PressureLimits,
  onShed: () => void,
): Promise<void> {
  let graceUntil = Number.POSITIVE_INFINITY
  app.addHook('onListen', async () => {
    graceUntil = performance.now() + graceMs
  })
  const shed = ({ routeOptions }: FastifyRequest) => {
    if (routeOptions.config.vital || performance.now() < graceUntil) return undefined
    onShed()
    return overloaded
  }
  // Whatever it gives is sent, which the plugin's types leave out.
  const pressureHandler: (request: FastifyRequest) => void = shed
  await app.register(underPressure, {
    maxEventLoopDelay: eventLoopDelayMs,
    maxHeapUsedBytes: HEAP_SHARE * getHeapStatistics().heap_size_limit,
    maxRssBytes: rssBytes,
    pressureHandler,
  })
}

const overloaded = {
  ...failure('overloaded', 'The API has more to do than it can just now: try again in a few seconds.'),
  retry_after: RETRY_S,
}
