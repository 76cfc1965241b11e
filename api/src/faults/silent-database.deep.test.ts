import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { lessonBlocks, upload } from '../routes/testing/lesson-api.ts'
import { expectAtRest } from './testing/at-rest.ts'
import { type FaultyStack, LEASE_S, startFaultyStack } from './testing/faulty-stack.ts'
import { expectDoneOrAway, sendCall } from './testing/send-call.ts'

/** What a query may take with its wait for a connection, and ten times that for a machine that is busy. */
const QUERY_MS = 10_000
const SLOW = 10

let stack: FaultyStack
let learner: string
beforeAll(async () => {
  stack = await startFaultyStack({ LECTERN_ANSWER_CACHE_MB: '0', LECTERN_REQUESTS_PER_LEARNER: '0' })
})
beforeEach(async () => {
  stack.model.configure({})
  learner = await stack.newLearner()
})
afterAll(() => stack?.close())

const ask = () => sendCall(stack.api.url, '', { method: 'GET', path: `/api/user/${learner}` })
const read = (body: object, streams = false) =>
  sendCall(stack.api.url, '', { method: 'POST', path: '/api/personalize', learner, body, streams })

/** Locks a table against everybody until the function that it gives is called. */
async function lock(table: string): Promise<() => Promise<void>> {
  const client = postgres(stack.test.url, { max: 1 })
  const held = await client.reserve()
  await held.unsafe(`begin; lock table ${table} in access exclusive mode`)
  return async () => {
    await held.unsafe('rollback')
    held.release()
    await client.end()
  }
}

it('connections that are half open end in a stated time, and leave the pool to new ones', async () => {
  // The whole pool is open.
  await Promise.all(Array.from({ length: 30 }, ask))
  stack.proxy.swallow()
  const start = performance.now()
  const lesson = upload(lessonBlocks())
  const answers = await Promise.all([...Array.from({ length: 30 }, ask), read(lesson)])
  expect(performance.now() - start).toBeLessThan(SLOW * QUERY_MS)
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expectDoneOrAway(answer)
  }
  expect((await stack.api.send('GET', '/livez')).status).toBe(200)
  stack.proxy.pass()
  await expect.poll(async () => (await ask()).status).toBe(200)
  expect((await read(lesson)).status).toBe(200)
  await expectAtRest(stack)
})

it('a process ends in good order though its database is silent', async () => {
  const api = await stack.startAnother({ LECTERN_STOP_SECONDS: '1' })
  await api.send('GET', `/api/user/${learner}`)
  stack.proxy.swallow()
  const start = performance.now()
  await api.end('SIGTERM')
  expect(performance.now() - start).toBeLessThan(SLOW * 2 * QUERY_MS)
  stack.proxy.pass()
  stack.proxy.cutAll()
  await expect.poll(async () => (await ask()).status).toBe(200)
})

it('calls that wait for a lock until the pool is used up are told so, and others are served after it', async () => {
  const unlock = await lock('users')
  const waiting = Array.from({ length: 40 }, ask)
  // Served by no query.
  expect((await stack.api.send('GET', '/livez')).status).toBe(200)
  for (const answer of await Promise.all(waiting)) {
    expect(answer.status).toBe(503)
    expectDoneOrAway(answer)
  }
  await unlock()
  await expect.poll(async () => (await ask()).status).toBe(200)
  await expectAtRest(stack)
})

it('a rewrite that cannot be stored for a lock is shown whole, stored in no part, and made again', async () => {
  const lesson = upload(lessonBlocks())
  stack.model.configure({ ttft_ms: 1_500 })
  const reading = read(lesson, true)
  await expect.poll(() => stack.model.requests.length).toBe(4)
  const unlock = await lock('personalized_content_cache')
  expect((await reading).status).toBe(200)
  await unlock()
  await expectAtRest(stack)
  const rows = await stack.test.database.orm.execute(
    sql`select from personalized_content_cache where section_hash = ${lesson.sections[0]?.hash}`,
  )
  expect(rows).toHaveLength(0)
  stack.model.configure({})
  expect((await read(lesson)).status).toBe(200)
  expect(stack.model.requests).toHaveLength(4)
})

it('a database that takes 8 s to wake is waited for', async () => {
  stack.proxy.cutAll()
  stack.proxy.hold(8_000)
  expect((await ask()).status).toBe(200)
  stack.proxy.cutAll()
  stack.proxy.hold(8_000)
  expect((await read(upload(lessonBlocks()))).status).toBe(200)
  await expectAtRest(stack)
  stack.proxy.hold(8_000)
  const late = await stack.startAnother()
  expect((await late.send('GET', '/readyz')).status).toBe(200)
})

it('a process that is killed leaves leases that run out, and nothing else', async () => {
  const leaving = await stack.startAnother()
  const lesson = upload(lessonBlocks())
  stack.model.configure({ ttft_ms: 60_000 })
  const cut = leaving.stream('/api/personalize', learner, lesson).catch(() => [])
  await expect.poll(() => stack.model.requests.length).toBe(4)
  await leaving.end('SIGKILL')
  await cut
  stack.model.configure({})
  const start = performance.now()
  expect((await read(lesson)).status).toBe(200)
  expect(performance.now() - start).toBeLessThan(SLOW * (LEASE_S * 1000 + 3_500))
  expect(stack.model.requests).toHaveLength(4)
  await expectAtRest(stack)
})
