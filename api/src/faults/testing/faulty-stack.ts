import { randomUUID } from 'node:crypto'
import { type StandInModel, startStandInModel } from '../../../load/stand-in-model.ts'
import { type ApiProcess, launchApiProcess, type StartingProcess } from '../../routes/testing/api-process.ts'
import { preferences } from '../../routes/testing/lesson-api.ts'
import { openTestDatabase, type TestDatabase } from '../../test-api.ts'
import { PostgresProxy } from './postgres-proxy.ts'

/** A real database behind a proxy, and a stand-in for the model. */
export type OpenedStack = {
  proxy: PostgresProxy
  model: StandInModel
  /** The database, past the proxy. */
  test: TestDatabase
  /** Launches a process of the API by way of the proxy. */
  launch(env?: Record<string, string>): StartingProcess
  close(): Promise<void>
}

/** The same with a process of the API. */
export type FaultyStack = Omit<OpenedStack, 'launch'> & {
  api: ApiProcess
  /** Another process by way of the same proxy. */
  startAnother(env?: Record<string, string>): Promise<ApiProcess>
  /** A learner who has answered the questions. */
  newLearner(): Promise<string>
  /** What the process has in hand. */
  atWork(): Promise<AtWork>
}

/** What a process holds: of what is under way nothing must be left when it is at rest. */
export type AtWork = {
  /** Sections at the model, waiting for it, or followed, and queries that run or wait. */
  underWay: number
  /** Requests that are open at the model. */
  modelCalls: number
  /** Connections by way of the proxy. */
  connections: number
  /** Timers that would keep the process from ending; each connection has one. */
  timers: number
  /** Sections that it took to make, and calls to the model that have ended. */
  leases: number
  calls: number
}

/** Long enough for a slow machine to renew it, short enough to wait for. */
export const LEASE_S = 2

/** Opens what a process needs. */
export async function openStack(): Promise<OpenedStack> {
  await using opened = new AsyncDisposableStack()
  const test = await openTestDatabase()
  opened.defer(test.close)
  const proxy = await PostgresProxy.open(test.url)
  opened.defer(() => proxy.close())
  const model = await startStandInModel()
  opened.defer(model.close)
  const running = opened.move()
  return {
    test,
    proxy,
    model,
    launch(env = {}) {
      const launched = launchApiProcess({
        DATABASE_URL: proxy.url,
        OPENAI_BASE_URL: model.url,
        LLM_MODEL: 'stand-in',
        LECTERN_LEASE_SECONDS: String(LEASE_S),
        LECTERN_NEW_LEARNERS_PER_ADDRESS: '0',
        ...env,
      })
      running.defer(async () => {
        await launched.started.then((one) => one.end('SIGKILL')).catch(() => undefined)
      })
      return launched
    },
    close: () => running.disposeAsync(),
  }
}

/** Starts a process of the API with these settings on an opened stack, or on one of its own. */
export async function startFaultyStack(
  env: Record<string, string> = {},
  opened?: OpenedStack,
): Promise<FaultyStack> {
  const { launch, ...stack } = opened ?? (await openStack())
  const api = await launch({ ...env, LECTERN_METRICS_PORT: '0' }).started
  return {
    ...stack,
    api,
    startAnother: (changes = {}) => launch({ ...env, ...changes }).started,
    newLearner: () => makeLearner(api),
    async atWork() {
      const read = await readMetrics(api.metrics)
      return {
        underWay: read('lectern_sections_in_work') + read('lectern_database_queries_under_way'),
        modelCalls: stack.model.open(),
        connections: stack.proxy.open,
        timers: read('nodejs_active_resources', ['Timeout']),
        leases: read('lectern_leases_total', ['led', 'taken_over']),
        calls: read('lectern_model_calls_total'),
      }
    },
  }
}

/** A learner who has answered the questions. */
export async function makeLearner({ send }: Pick<ApiProcess, 'send'>): Promise<string> {
  const user_id = randomUUID()
  const made = await send('POST', '/api/user/create', undefined, { user_id })
  const answered = await send('POST', '/api/onboarding', undefined, { user_id, ...preferences })
  if (made.status !== 201 || answered.status !== 200) throw new Error('The learner could not be made.')
  return user_id
}

/** Reads the sum of a metric over all labels, or over those that have one of these values. */
async function readMetrics(
  url = 'no address of metrics',
): Promise<(name: string, values?: readonly string[]) => number> {
  const lines = (await (await fetch(url)).text()).split('\n')
  return (name, values) =>
    lines
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .filter((line) => values?.some((value) => line.includes(`"${value}"`)) ?? true)
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
