import cluster from 'node:cluster'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { listDemo } from '../demo/list-demo.ts'
import { buildApp } from './app.ts'
import { assemble } from './assemble.ts'
import { type Config, readConfig } from './config.ts'
import { errorReport } from './error-report.ts'
import { type LogStream, loggerOptions } from './logging.ts'
import { chooseEngine } from './model/choose-engine.ts'
import { exposeMetrics } from './observability/expose-metrics.ts'
import { meterDatabase } from './observability/metered-database.ts'
import { countConnections, Metrics } from './observability/metrics.ts'
import { prepareDatabase } from './prepare-database.ts'
import { answerHeartbeat } from './processes/heartbeat.ts'
import { readProcesses } from './processes/read-processes.ts'
import { startProcesses } from './processes/start-processes.ts'
import type { Engine } from './rewriting/ports.ts'
import { type StartStep, startFailure } from './start-failure.ts'
import { Broadcast } from './storage/broadcast.ts'
import type { Database } from './storage/database.ts'
import type { DatabaseConfig } from './storage/database-address.ts'

/** The running API. `close` serves what is under way, writes what is pending and stops the embedded database. */
export type Server = {
  url: string
  /** What answers, as the learner is told. */
  engine: Pick<Engine, 'model' | 'notice'>
  close(): Promise<void>
}

export type ServerOptions = {
  /** Told of each step as it begins, in a sentence. */
  onStep?: (step: StartStep, text: string) => void
  /** Where the log goes; standard output by default. */
  logStream?: LogStream
}

const envFile = fileURLToPath(new URL('../../.env', import.meta.url))

/** For the last words of streams that are handed over. */
const FAREWELL_MS = 3_000

/** For what is closed but not gone. */
const LAST_MS = 2_000

/** A process whose every turn takes so long has more to do than it can. */
const LAG_MS = 2_000
const GRACE_MS = 10_000

/**
 * Starts the API with its database, the embedded one where none is set. Throws an error whose message says what to
 * do; nothing is left running then.
 */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  let step: StartStep = 'database'
  const begin = (next: StartStep, text: string) => {
    step = next
    options.onStep?.(next, text)
  }
  await using resources = new AsyncDisposableStack()
  try {
    const { database, config: databaseConfig } = await prepareDatabase(config, resources, begin)

    begin('api', 'Starting the API')
    const engine = await chooseEngine(config.model)
    const app = await createApp({ config, databaseConfig, database, engine }, resources, options.logStream)
    const url = await app.listen({ host: config.host, port: config.port })
    const running = resources.move()
    return { url, engine, close: () => running.disposeAsync() }
  } catch (error) {
    throw startFailure(error, step, config)
  }
}

type AppParts = { config: Config; databaseConfig: DatabaseConfig; database: Database; engine: Engine }

/** The app on a database; what must be closed is left with `resources`. */
async function createApp(
  { config, databaseConfig, database: unmetered, engine }: AppParts,
  resources: AsyncDisposableStack,
  logStream: LogStream | undefined,
): Promise<FastifyInstance> {
  const metrics = new Metrics()
  const { database, underWay } = meterDatabase(unmetered, metrics)
  const onFailure = (error: unknown, what: string) => app.log.warn({ err: error }, what)
  const broadcast = new Broadcast(databaseConfig, database, (error) =>
    onFailure(error, 'hints of other processes not heard'),
  )
  resources.defer(() => broadcast.close())
  const { finish, handOver, startWarmups, ...dependencies } = assemble({
    database,
    broadcast,
    engine,
    allowUnlisted: config.allowUnlisted,
    allowPrivateSites: config.allowPrivateSites,
    answerBytes: config.answerCacheBytes,
    calls: config.calls,
    budgets: config.budgets,
    leaseMs: config.leaseMs,
    retention: config.retention,
    jobs: { address: databaseConfig.direct },
    onFailure,
    onRemoved: (removed) => app.log.info({ removed }, 'removed what is past its time'),
    metrics,
  })
  resources.defer(finish)
  if (config.demo.url) {
    await listDemo(database, { url: config.demo.url, engine, sha256: dependencies.doors.sha256 })
    await broadcast.publish('rewrites')
  }
  const logger = loggerOptions(config.logLevel, logStream)
  const app = await buildApp({
    ...dependencies,
    corsOrigins: config.corsOrigins,
    trustProxy: config.trustProxy,
    rates: config.rates,
    pressure: { rssBytes: config.memoryBytes, eventLoopDelayMs: LAG_MS, graceMs: GRACE_MS },
    logger,
  })
  metrics.watch({
    work: dependencies.work,
    breakerOpen: () => engine.isLeftAlone?.() ?? false,
    queriesUnderWay: underWay,
    connections: () => countConnections(app.server),
  })
  if (config.metrics) {
    const { url, close } = await exposeMetrics(metrics, config.metrics)
    resources.defer(close)
    if (url) app.log.info(`Metrics at ${url}`)
  }
  broadcast.start()
  dependencies.retention.start()
  // Nobody waits for it: without a queue all but warm-ups works.
  startWarmups().catch((error: unknown) => onFailure(error, 'warm-ups not begun'))
  resources.defer(() => closeApp(app, handOver, config.stopMs))
  return app
}

/**
 * Serves what is under way; what streams longer than `stopMs` is handed over: its readers hear that the API is being
 * restarted, and another process may go on where this one stopped.
 */
async function closeApp(app: FastifyInstance, handOver: () => Promise<void>, stopMs: number): Promise<void> {
  const timers = [
    setTimeout(() => void handOver(), stopMs),
    setTimeout(() => app.server.closeAllConnections(), stopMs + FAREWELL_MS),
  ]
  await app.close()
  for (const timer of timers) clearTimeout(timer)
}

/** The program: settings from the environment and .env, as many processes as asked, a stop on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  try {
    if (existsSync(envFile)) process.loadEnvFile(envFile)
    const config = readConfig(process.env)
    const server = await start(config, readProcesses(process.argv.slice(2)))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(server))
  } catch (error) {
    fail(error)
    process.disconnect?.()
  }
}

async function start(config: Config, processes: number): Promise<Pick<Server, 'close'>> {
  const onStep = (_step: StartStep, text: string) => console.error(text)
  if (processes > 1) return await startProcesses(config, processes, { onStep, onEvent: console.error })
  if (!cluster.isWorker) return await startServer(config, { onStep })
  answerHeartbeat()
  return await startServer(config)
}

let stopping: Promise<void> | undefined

/** Ctrl-C reaches a process of several twice: from the terminal, and from its parent. */
async function stop(server: Pick<Server, 'close'>): Promise<void> {
  try {
    stopping ??= server.close()
    await stopping
  } catch (error) {
    // What could not be written stands in the driver's message: learners, and what they read.
    console.error(
      'The API has ended without writing all that was pending:',
      JSON.stringify(errorReport(error)),
    )
    process.exitCode = 1
  }
  if (process.connected) process.disconnect?.()
  // What another's library still holds, as a connection whose other end is gone, keeps nobody waiting.
  setTimeout(() => process.exit(), LAST_MS).unref()
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

if (import.meta.main) await main()
