import { randomUUID } from 'node:crypto'
import { connect, type Database } from '../src/storage/database.ts'
import { readDatabaseConfig } from '../src/storage/database-address.ts'
import { migrateDatabase } from '../src/storage/migrations.ts'
import { createDatabase, startTestPostgres } from '../src/storage/test-postgres.ts'
import { preferences } from './lesson.ts'
import {
  type BenchModel,
  type BenchServer,
  type LoadClient,
  startLoadClient,
  startModel,
  startServer,
} from './processes.ts'

/** All that is measured with, each in a process of its own: PostgreSQL, a model, a client, two of the API. */
export type Bench = {
  model: BenchModel
  client: LoadClient
  /** The API as it is served. */
  memory: BenchServer
  /** The same on the same database, keeping no answers in memory. */
  database: BenchServer
  /** Two more processes on the same database; with each other's hints by a direct connection, or without. */
  startTwo(resources: AsyncDisposableStack, listens: boolean): Promise<[BenchServer, BenchServer]>
  /** The database itself. */
  tables: Database
  /** A learner who has answered the questions. */
  learner: string
}

const ANSWER_BYTES = 64 * 2 ** 20

export async function openBench(resources: AsyncDisposableStack): Promise<Bench> {
  const postgres = resources.adopt(await startTestPostgres(), (server) => server.stop())
  const { url: databaseUrl } = await createDatabase(postgres.url)
  const config = readDatabaseConfig({ DATABASE_URL: databaseUrl })
  if (!config) throw new Error('The database has no address.')
  await migrateDatabase(config)
  const model = resources.adopt(await startModel(), (process) => process.stop())
  const client = resources.adopt(startLoadClient(), (process) => process.stop())
  const open = async (within: AsyncDisposableStack, answerBytes: number, listens = true) =>
    within.adopt(await startServer({ databaseUrl, modelUrl: model.url, answerBytes, listens }), (server) =>
      server.stop(),
    )
  const memory = await open(resources, ANSWER_BYTES)
  const database = await open(resources, 0)
  const startTwo: Bench['startTwo'] = (within, listens) =>
    Promise.all([open(within, ANSWER_BYTES, listens), open(within, ANSWER_BYTES, listens)])
  const tables = resources.adopt(connect(config), ({ close }) => close())
  return { model, client, memory, database, startTwo, tables, learner: await makeLearner(memory.url) }
}

export async function makeLearner(url: string): Promise<string> {
  const user_id = randomUUID()
  await post(`${url}/api/user/create`, { user_id })
  await post(`${url}/api/onboarding`, { user_id, ...preferences })
  return user_id
}

/** Posts JSON, expecting an answer that is no failure. */
export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}: ${text.slice(0, 200)}`)
  return text
}
