import { sql } from 'drizzle-orm'
import { startModel } from '../../bench/processes.ts'
import { variables } from '../../src/config.ts'
import { startApiProcess } from '../../src/routes/testing/api-process.ts'
import { connect } from '../../src/storage/database.ts'
import { readDatabaseConfig } from '../../src/storage/database-address.ts'
import { migrateDatabase } from '../../src/storage/migrations.ts'
import { missingPgbouncer, startTestPgbouncer } from '../../src/storage/test-pgbouncer.ts'
import { startTestPostgres } from '../../src/storage/test-postgres.ts'
import type { Stack } from './stack.ts'

export type StackOptions = {
  processes: number
  pooler: boolean
  /** Memory for ready answers, in megabytes; the API's own default where absent. */
  answerCacheMb?: number
  onStep: (text: string) => void
}

/** PostgreSQL as it is for learners, but for connections: each process takes a dozen. */
const POSTGRES = { max_connections: '300' }

/** No limit that is there for people: one machine plays them all. */
const withoutLimits = {
  LECTERN_REQUESTS_PER_LEARNER: '0',
  LECTERN_REQUESTS_PER_ADDRESS: '0',
  LECTERN_NEW_LEARNERS_PER_ADDRESS: '0',
  LECTERN_TOKENS_PER_LEARNER: '0',
  LECTERN_TOKENS_PER_ADDRESS: '0',
  LECTERN_TOKENS_PER_SITE: '0',
  LECTERN_TOKENS_PER_DAY: '0',
  LECTERN_ALLOW_UNLISTED: '1',
}

/** A .env of whoever runs this is for another database and another model: an empty variable is set, and says nothing. */
const nothingElse = Object.fromEntries(variables.map((name) => [name, '']))

/** Starts all that a run needs, each in a process of its own; `resources` ends it. */
export async function startStack(options: StackOptions, resources: AsyncDisposableStack): Promise<Stack> {
  const { processes, pooler, answerCacheMb, onStep } = options
  onStep('Starting PostgreSQL')
  const postgres = resources.adopt(await startTestPostgres(POSTGRES), (server) => server.stop())
  const config = readDatabaseConfig({ DATABASE_URL: postgres.url })
  if (!config) throw new Error('The database has no address.')
  await migrateDatabase(config)
  const database = resources.adopt(connect(config), ({ close }) => close())
  const pooled = pooler ? await startPooler(postgres.url, resources, onStep) : undefined
  onStep('Starting a stand-in for a model')
  const model = resources.adopt(await startModel(), (process) => process.stop())
  onStep(`Starting ${processes} ${processes === 1 ? 'process' : 'processes'} of the API`)
  const env = {
    ...nothingElse,
    ...withoutLimits,
    LOG_LEVEL: 'info',
    LECTERN_METRICS_PORT: '0',
    // Nobody reads any more when it is stopped.
    LECTERN_STOP_SECONDS: '1',
    OPENAI_BASE_URL: model.url,
    LLM_MODEL: 'stand-in',
    DATABASE_URL: pooled ?? postgres.url,
    DATABASE_DIRECT_URL: postgres.url,
    ...(pooled !== undefined && { DATABASE_POOLER: 'transaction' }),
    ...(answerCacheMb !== undefined && { LECTERN_ANSWER_CACHE_MB: String(answerCacheMb) }),
    PORT: '0',
  }
  const apis = await Promise.all(
    Array.from({ length: processes }, async () =>
      resources.adopt(await startApiProcess(env), (api) => api.end('SIGTERM')),
    ),
  )
  return {
    urls: apis.map(({ url }) => url),
    metrics: apis.flatMap(({ metrics }) => metrics ?? []),
    description: `${processes} ${processes === 1 ? 'process' : 'processes'} of the API, ${describePooler(pooler, pooled)}`,
    own: {
      setPace: model.configure,
      calls: model.calls,
      complaints: () => apis.flatMap(({ complaints }) => complaints),
      async heldLeases() {
        const [held] = await database.read(() =>
          database.orm.execute<{ count: number }>(
            sql`select count(*)::int as count from rewrite_leases where lease_until > now()`,
          ),
        )
        return held?.count ?? 0
      },
    },
  }
}

async function startPooler(
  databaseUrl: string,
  resources: AsyncDisposableStack,
  onStep: (text: string) => void,
): Promise<string | undefined> {
  const missing = missingPgbouncer()
  if (missing !== undefined) {
    onStep(`${missing}, so the run goes on without a pooler. Debian has it: apt-get install pgbouncer.`)
    return undefined
  }
  onStep('Starting PgBouncer in transaction mode')
  const pooler = resources.adopt(await startTestPgbouncer(databaseUrl), ({ stop }) => stop())
  return pooler.url
}

function describePooler(asked: boolean, pooled: string | undefined): string {
  if (!asked) return 'directly on PostgreSQL'
  return pooled === undefined
    ? 'directly on PostgreSQL (PgBouncer is not installed)'
    : 'PostgreSQL behind PgBouncer'
}
