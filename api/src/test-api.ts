import type { FastifyInstance } from 'fastify'
import { inject } from 'vitest'
import { type AppDependencies, buildApp } from './app.ts'
import { type Assembled, assemble, type Parts } from './assemble.ts'
import { loggerOptions } from './logging.ts'
import { studyAidEngine } from './model/study-aids/study-aid-engine.ts'
import { meterDatabase } from './observability/metered-database.ts'
import { countConnections, Metrics } from './observability/metrics.ts'
import type { Retention } from './retention/retention.ts'
import { Broadcast } from './storage/broadcast.ts'
import { connect, type Database } from './storage/database.ts'
import { type DatabaseConfig, readDatabaseConfig } from './storage/database-address.ts'
import { migrateDatabase } from './storage/migrations.ts'
import type { ReadingHistory } from './storage/reading-history.ts'
import { countQueries, type QueryCounts } from './storage/test-count-queries.ts'
import { createDatabase } from './storage/test-postgres.ts'
import type { UsageLog } from './storage/usage-log.ts'

/** A database of its own with all tables; `close` drops it. */
export type TestDatabase = { database: Database; config: DatabaseConfig; url: string; close(): Promise<void> }

export async function openTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(inject('postgresUrl'))
  const config = readDatabaseConfig({ DATABASE_URL: url })
  if (!config) throw new Error('The test database has no address.')
  await migrateDatabase(config)
  const database = connect(config)
  const close = async () => {
    await database.close()
    await drop()
  }
  return { database, config, url, close }
}

/** The real API over real PostgreSQL on a free port, with what it has logged. */
export type TestApi = {
  url: string
  app: FastifyInstance
  database: Database
  config: DatabaseConfig
  history: ReadingHistory
  /** What the API has asked the database so far. */
  counts: QueryCounts
  usage: UsageLog
  startWarmups: Assembled['startWarmups']
  purge: Assembled['purge']
  metrics: Metrics
  retention: Retention
  log: string[]
  close(): Promise<void>
}

type TestParts = Pick<
  Parts,
  | 'engine'
  | 'allowUnlisted'
  | 'allowPrivateSites'
  | 'answerBytes'
  | 'calls'
  | 'budgets'
  | 'leaseMs'
  | 'retention'
  | 'jobs'
> & {
  /** Another API, whose database this one shares as a second process does. */
  beside: Pick<TestApi, 'config'>
}

function openBeside({ config }: Pick<TestApi, 'config'>) {
  const database = connect(config)
  return { database, config, close: database.close }
}

/** `others` stand in for parts of the API; without an engine the study aids answer, and unlisted lessons are allowed. */
export async function startTestApi({
  engine = studyAidEngine,
  allowUnlisted = true,
  allowPrivateSites = false,
  answerBytes = 2 ** 26,
  calls = { perLesson: 40, overall: 200 },
  leaseMs = 10_000,
  budgets = { limits: {}, prices: { prompt: 0, completion: 0 } },
  retention = { rewrites: 0, learners: 0 },
  beside,
  jobs: givenJobs,
  ...others
}: Partial<AppDependencies & TestParts> = {}): Promise<TestApi> {
  const { database: plain, config, close } = beside ? openBeside(beside) : await openTestDatabase()
  const jobs = { address: config.direct, pollSeconds: 0.5, retrySeconds: 1, ...givenJobs }
  const metrics = new Metrics()
  const { database: counted, counts } = countQueries(plain)
  const { database, underWay } = meterDatabase(counted, metrics)
  const log: string[] = []
  const onFailure = (error: unknown, what: string) => app.log.warn({ err: error }, what)
  const broadcast = new Broadcast(config, database, (error) => onFailure(error, 'hints not heard'))
  const { finish, startWarmups, ...dependencies } = assemble({
    database,
    broadcast,
    engine,
    allowUnlisted,
    allowPrivateSites,
    answerBytes,
    calls,
    budgets,
    leaseMs,
    retention,
    jobs,
    onFailure,
    onRemoved: (removed) => app.log.info({ removed }, 'removed what is past its time'),
    metrics,
  })
  metrics.watch({
    work: dependencies.work,
    breakerOpen: () => engine.isLeftAlone?.() ?? false,
    queriesUnderWay: underWay,
    connections: () => countConnections(app.server),
  })
  const logger = loggerOptions('trace', { write: (line) => void log.push(line) })
  const app = await buildApp({ ...dependencies, logger, ...others })
  broadcast.start()
  const url = await app.listen({ port: 0 })
  const stop = async () => {
    app.server.closeAllConnections()
    await app.close()
    await finish()
    await broadcast.close()
    await close()
  }
  const { history, usage, purge } = dependencies
  return {
    url,
    app,
    database,
    config,
    history,
    usage,
    startWarmups,
    purge,
    metrics,
    retention: dependencies.retention,
    counts,
    log,
    close: stop,
  }
}
