import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type, { type Static } from 'typebox'
import { failure } from '../failure.ts'
import { failures } from './failure-status.ts'

const Health = Type.Object({ status: Type.Literal('ok') })
const ok = { status: 'ok' } as const

/** How what the API depends on is found. A model that is left alone does not keep it from serving what is stored. */
const Readiness = Type.Object({
  database: Type.Literal('ok'),
  migrations: Type.Union([Type.Literal('ok'), Type.Literal('due')]),
  model: Type.Union([Type.Literal('ok'), Type.Literal('left_alone')]),
})
export type Readiness = Static<typeof Readiness>
const Ready = Type.Object({ ...Health.properties, ...Readiness.properties })

/** `ready` rejects while the database does not answer. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ ready: () => Promise<Readiness> }> = async (
  app,
  { ready },
) => {
  app.get(
    '/livez',
    {
      logLevel: 'warn',
      config: { vital: true },
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
      config: { vital: true },
      schema: {
        operationId: 'isReady',
        summary: 'Whether the API can serve: its database answers and has the tables of this version',
        tags: ['health'],
        response: { 200: Ready, ...failures() },
      },
    },
    async () => {
      const found = await ready()
      return found.migrations === 'ok' ? { ...ok, ...found } : notMigrated
    },
  )
}

const notMigrated = failure(
  'database_unavailable',
  'The tables are older than this version of the API: start it anew, which updates them.',
  'migrations',
)
