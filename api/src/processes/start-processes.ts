import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AggregatorRegistry } from 'prom-client'
import type { Config } from '../config.ts'
import { serveMetrics } from '../observability/serve-metrics.ts'
import { type BeginStep, prepareDatabase } from '../prepare-database.ts'
import { StartError, type StartStep, startFailure } from '../start-failure.ts'
import { watchHeartbeat } from './heartbeat.ts'
import { Restarts } from './restarts.ts'

/** Several processes of the API behind one address. `close` stops them in good order, then the embedded database. */
export type Processes = { url: string; close(): Promise<void> }

export type ProcessesOptions = {
  onStep: BeginStep
  /** Told of what happens to the processes, in a sentence. */
  onEvent: (text: string) => void
}

const program = fileURLToPath(new URL('../server.ts', import.meta.url))
/** Beside the time that streams are given: to write what is pending, and to tell those who still read. */
const FAREWELL_MS = 15_000

/**
 * Starts so many processes of the API, which share one port and one database; the parent owns the embedded one and
 * serves no request. One that ends, or hangs, is started again. Throws as startServer does.
 */
export async function startProcesses(
  config: Config,
  count: number,
  { onStep, onEvent }: ProcessesOptions,
): Promise<Processes> {
  let step: StartStep = 'database'
  await using resources = new AsyncDisposableStack()
  try {
    const { env } = await prepareDatabase(config, resources, (next, text) => {
      step = next
      onStep(next, text)
    })
    step = 'api'
    onStep('api', `Starting ${count} processes of the API`)
    const pool = new ProcessPool(env, config.stopMs + FAREWELL_MS, onEvent)
    resources.defer(() => pool.close())
    const url = await pool.start(count)
    if (config.metrics) {
      const gathered = new AggregatorRegistry()
      const metrics = await serveMetrics(config.metrics, () => gathered.clusterMetrics())
      resources.defer(metrics.close)
      onEvent(`Metrics at ${metrics.url}`)
    }
    const running = resources.move()
    return { url, close: () => running.disposeAsync() }
  } catch (error) {
    throw error instanceof StartError ? error : startFailure(error, step, config)
  }
}

class ProcessPool {
  readonly #env: Record<string, string>
  readonly #patienceMs: number
  readonly #onEvent: (text: string) => void
  readonly #workers = new Set<Worker>()
  readonly #closing = new AbortController()
  /** What cannot start is not tried again, until all of them have started once. */
  #isStarted = false

  constructor(env: Record<string, string>, patienceMs: number, onEvent: (text: string) => void) {
    this.#env = env
    this.#patienceMs = patienceMs
    this.#onEvent = onEvent
    // Under a program of its own, as of a test, the children are still the API; they take no option of it.
    cluster.setupPrimary({ exec: program, args: [] })
  }

  /** The first alone: what keeps one from starting is then said once. */
  async start(count: number): Promise<string> {
    const url = await listening(this.#fork(new Restarts()))
    const others = Array.from({ length: count - 1 }, () => listening(this.#fork(new Restarts())))
    await Promise.all(others)
    this.#isStarted = true
    return url
  }

  /** Asks all to stop; who does not within the time is ended. */
  async close(): Promise<void> {
    this.#closing.abort()
    const ending = [...this.#workers].map(async (worker) => {
      const timer = setTimeout(() => worker.process.kill('SIGKILL'), this.#patienceMs)
      worker.process.kill('SIGTERM')
      if (!worker.isDead()) await once(worker, 'exit')
      clearTimeout(timer)
    })
    await Promise.all(ending)
  }

  #fork(restarts: Restarts): Worker {
    const started = performance.now()
    const worker = cluster.fork(this.#env)
    this.#workers.add(worker)
    worker.once('listening', () => this.#onEvent(`Process ${worker.process.pid} of the API serves.`))
    const unwatch = watchHeartbeat(worker, () => {
      this.#onEvent(`Process ${worker.process.pid} of the API hangs: it is ended.`)
      worker.process.kill('SIGKILL')
    })
    worker.once('exit', (code, signal) => {
      unwatch()
      this.#workers.delete(worker)
      if (!this.#isStarted || this.#closing.signal.aborted) return
      const pause = restarts.pauseAfter(performance.now() - started)
      this.#onEvent(
        `Process ${worker.process.pid} of the API has ended (${signal ?? `code ${code}`}): another one starts in ${pause / 1000} s.`,
      )
      void this.#replace(restarts, pause)
    })
    return worker
  }

  async #replace(restarts: Restarts, pauseMs: number): Promise<void> {
    try {
      await delay(pauseMs, undefined, { signal: this.#closing.signal })
    } catch {
      return
    }
    this.#fork(restarts)
  }
}

/** The address that a process listens on; rejects where it ends before. Its own words are on standard error. */
async function listening(worker: Worker): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  worker.once('listening', ({ address, port, addressType }) => {
    const host = addressType === 6 ? `[${address}]` : address
    resolve(`http://${host}:${port}`)
  })
  worker.once('exit', () => reject(new StartError('A process of the API could not start, as it says above.')))
  return await promise
}
