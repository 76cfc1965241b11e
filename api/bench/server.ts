import { monitorEventLoopDelay } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import { buildApp } from '../src/app.ts'
import { assemble } from '../src/assemble.ts'
import { readConfig } from '../src/config.ts'
import { openaiEngine } from '../src/model/openai-engine.ts'
import { Metrics } from '../src/observability/metrics.ts'
import { Broadcast } from '../src/storage/broadcast.ts'
import { connect } from '../src/storage/database.ts'
import { readDatabaseConfig } from '../src/storage/database-address.ts'
import { countQueries } from '../src/storage/test-count-queries.ts'
import { sha256 } from './lesson.ts'

/** What a process of the API is started with: its first argument, as JSON. */
export type ServerSettings = {
  databaseUrl: string
  modelUrl: string
  answerBytes: number
  /** Whether it hears of others by a direct connection; by a look each second else, as behind a pooler. */
  listens: boolean
}

/** What a process has used since it was asked last. */
export type Usage = { cpuUs: number; reads: number; writes: number; lagP99Ms: number }

/** The parent asks for usage, or hands over what the reference routes answer. */
export type ServerRequest = { usage: true } | { floor: { key: string; answer: string } }

/**
 * One process of the API as it is served, silent, with the routes that it is compared with, behind the same plugins:
 * a ready Buffer from a Map; the same after JSON.parse and a hash of the body in canonical form; and the same after
 * an empty query, which is the least that any hit from PostgreSQL takes.
 */
async function main(): Promise<void> {
  const { databaseUrl, modelUrl, answerBytes, listens } = JSON.parse(process.argv[2] ?? '') as ServerSettings
  const config = readDatabaseConfig({
    DATABASE_URL: databaseUrl,
    ...(!listens && { DATABASE_POOLER: 'transaction' }),
  })
  if (!config) throw new Error('The database has no address.')
  const { database, counts } = countQueries(connect(config))
  const report = (error: unknown) => console.error(error)
  const broadcast = new Broadcast(config, database, report)
  const engine = openaiEngine({ baseURL: modelUrl, apiKey: 'none', model: 'stand-in' })
  const settings = readConfig({ LECTERN_ALLOW_UNLISTED: '1' })
  const { finish, ...dependencies } = assemble({
    ...settings,
    // No run is so long that it may be refused.
    budgets: { ...settings.budgets, limits: {} },
    database,
    broadcast,
    engine,
    answerBytes,
    jobs: { address: undefined },
    onFailure: report,
    onRemoved: () => undefined,
    metrics: new Metrics(),
  })
  const app = await buildApp(dependencies)
  const answers = new Map<string, Buffer>()
  app.get<{ Params: { key: string } }>('/bench/bare/:key', ({ params }, reply) =>
    reply.type('application/json; charset=utf-8').send(answers.get(params.key)),
  )
  app.post('/bench/floor', ({ body }, reply) =>
    reply.type('application/json; charset=utf-8').send(answers.get(sha256(JSON.stringify(body)))),
  )
  const emptyQuery = database.orm
    .select({ one: sql`1` })
    .from(sql`(select) as nothing`)
    .prepare('empty_query')
  app.get<{ Params: { key: string } }>('/bench/query/:key', async ({ params }, reply) => {
    await database.read(() => emptyQuery.execute())
    return reply.type('application/json; charset=utf-8').send(answers.get(params.key))
  })
  broadcast.start()
  const url = await app.listen({ port: 0 })

  const lag = monitorEventLoopDelay({ resolution: 10 })
  lag.enable()
  let last = { cpu: process.cpuUsage(), reads: 0, writes: 0 }
  const usage = (): Usage => {
    const { user, system } = process.cpuUsage(last.cpu)
    const used = { reads: counts.reads - last.reads, writes: counts.writes - last.writes }
    const lagP99Ms = lag.percentile(99) / 1e6 - 10
    lag.reset()
    last = { cpu: process.cpuUsage(), ...counts }
    return { cpuUs: user + system, ...used, lagP99Ms }
  }
  process.on('message', (request: ServerRequest) => {
    if ('floor' in request) answers.set(request.floor.key, Buffer.from(request.floor.answer))
    process.send?.('floor' in request ? {} : usage())
  })
  process.once('disconnect', () => {
    app.server.closeAllConnections()
    void app
      .close()
      .then(finish)
      .then(() => broadcast.close())
      .then(database.close)
      .finally(() => process.exit())
  })
  process.send?.({ url })
}

await main()
