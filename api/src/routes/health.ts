import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { failures } from './failure-status.ts'

const Health = Type.Object({ status: Type.Literal('ok') })
const ok = { status: 'ok' } as const

/** `ready` rejects while the API cannot serve. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ ready: () => Promise<unknown> }> = async (
  app,
  { ready },
) => {
  app.get(
    '/livez',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'isAlive',
        summary: 'Whether the process answers',
        tags: ['health'],
        response: { 200: Health },
      },
    },
    async () => ok,
  )

  app.get(
    '/readyz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'isReady',
        summary: 'Whether the API can serve: its database answers',
        tags: ['health'],
        response: { 200: Health, ...failures() },
      },
    },
    async () => {
      await ready()
      return ok
    },
  )
}
