import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BroadcastTopic } from '../rewriting/ports.ts'
import { openTestDatabase } from '../test-api.ts'
import { Broadcast } from './broadcast.ts'
import { connect } from './database.ts'
import { type DatabaseConfig, readDatabaseConfig } from './database-address.ts'
import { missingPgbouncer, startTestPgbouncer } from './test-pgbouncer.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
const opened: Broadcast[] = []
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((broadcast) => broadcast.close()))
})
afterAll(() => test.close())

const times = { probeMs: 100, patienceMs: 20_000, pauseMs: 100 }
const configOf = (url: string) => readDatabaseConfig({ DATABASE_URL: url }) as DatabaseConfig

/** A process's end of the broadcast, with what it has heard. */
function open(config = configOf(test.url), topic: BroadcastTopic = 'sites') {
  const failures: unknown[] = []
  const broadcast = new Broadcast(config, test.database, (failure) => failures.push(failure), times)
  broadcast.start()
  opened.push(broadcast)
  const heard: string[] = []
  const unsubscribe = broadcast.subscribe(topic, {
    onHint: (hint) => heard.push(hint),
    onGap: () => heard.push('gap'),
  })
  return { broadcast, heard, failures, unsubscribe }
}

/** Ends the sessions that listen, as a killed backend does. */
async function endListeners(): Promise<void> {
  const admin = postgres(test.url, { max: 1 })
  await admin`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`
  await admin.end()
}

describe('broadcast', () => {
  it('reaches every process once, its own at once, by topic', async () => {
    const [one, two, other] = [open(), open(), open(undefined, 'learner')]
    await expect.poll(() => [one, two, other].every(({ broadcast }) => broadcast.listening)).toBe(true)
    const published = one.broadcast.publish('sites', 'a site: بلا')
    expect(one.heard).toEqual(['gap', 'a site: بلا'])
    await published
    await expect.poll(() => two.heard).toEqual(['gap', 'a site: بلا'])
    one.unsubscribe()
    await two.broadcast.publish('sites')
    expect(two.heard).toEqual(['gap', 'a site: بلا', ''])
    await expect.poll(() => one.heard).toEqual(['gap', 'a site: بلا'])
    expect(other.heard).toEqual(['gap'])
  })

  it('says that hints may be missed when its connection is lost, and hears again after it', async () => {
    const [one, two] = [open(), open()]
    await expect.poll(() => one.broadcast.listening && two.broadcast.listening).toBe(true)
    await endListeners()
    await expect.poll(() => one.heard).toEqual(['gap', 'gap', 'gap'])
    await expect.poll(() => one.broadcast.listening && two.broadcast.listening).toBe(true)
    await two.broadcast.publish('sites', 'again')
    await expect.poll(() => one.heard.at(-1)).toBe('again')
    expect(one.failures).toHaveLength(1)
  })

  it('keeps trying where nothing listens at the direct address, and says so once', async () => {
    const { address } = configOf('postgres://u:p@127.0.0.1:1/db')
    const { broadcast, heard, failures } = open({ ...configOf(test.url), direct: address })
    await expect.poll(() => failures.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect([broadcast.listening, failures.length]).toEqual([false, 1])
    await broadcast.publish('sites', 'to itself')
    expect(heard).toEqual(['to itself'])
  })

  it('tells others where it cannot listen itself', async () => {
    const { direct: _, ...pooled } = configOf(test.url)
    const [deaf, hearing] = [open(pooled), open()]
    await expect.poll(() => hearing.broadcast.listening).toBe(true)
    await deaf.broadcast.publish('sites', 'x')
    await expect.poll(() => hearing.heard).toEqual(['gap', 'x'])
    expect(deaf.broadcast.listening).toBe(false)
  })
})

const missing = missingPgbouncer()
describe.skipIf(missing !== undefined)(`broadcast behind a pooler (${missing ?? 'PgBouncer'})`, () => {
  it('does not believe a pooler that takes LISTEN and delivers nothing', async () => {
    const pooler = await startTestPgbouncer(test.url)
    const { broadcast } = open(configOf(pooler.url))
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(broadcast.listening).toBe(false)
    await broadcast.close()
    await pooler.stop()
  })

  it('goes through the pooler to those who listen past it', async () => {
    const pooler = await startTestPgbouncer(test.url)
    const config = readDatabaseConfig({
      DATABASE_URL: pooler.url,
      DATABASE_DIRECT_URL: test.url,
      DATABASE_POOLER: 'transaction',
    }) as DatabaseConfig
    const database = connect(config)
    const pooled = new Broadcast(config, database, () => undefined, times)
    pooled.start()
    const other = open()
    await expect.poll(() => pooled.listening && other.broadcast.listening).toBe(true)
    await pooled.publish('sites', 'through')
    await expect.poll(() => other.heard).toEqual(['gap', 'through'])
    await pooled.close()
    await database.close()
    await pooler.stop()
  })
})
