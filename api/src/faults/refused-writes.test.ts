import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lessonBlocks, upload } from '../routes/testing/lesson-api.ts'
import { expectAtRest } from './testing/at-rest.ts'
import { type FaultyStack, startFaultyStack } from './testing/faulty-stack.ts'
import { expectDoneOrAway, sendCall } from './testing/send-call.ts'

let stack: FaultyStack
beforeAll(async () => {
  stack = await startFaultyStack({ LECTERN_ANSWER_CACHE_MB: '0' })
})
afterAll(() => stack?.close())

const run = (statement: ReturnType<typeof sql>) => stack.test.database.orm.execute(statement)
const read = (learner: string, body: object) =>
  sendCall(stack.api.url, '', { method: 'POST', path: '/api/personalize', learner, body })

/** Writes fail with this code wherever a lesson's making writes, as they do where the disk is full. */
async function failWrites(code: string): Promise<void> {
  await run(sql`
    create or replace function fail_write() returns trigger language plpgsql
    as $$ begin raise exception 'a fault that was asked for' using errcode = tg_argv[0]; end $$`)
  for (const table of tables)
    await run(
      sql.raw(
        `create trigger fail before insert or update on ${table} for each statement execute function fail_write('${code}')`,
      ),
    )
}
const tables = ['users', 'lessons', 'rewrite_leases', 'rewrite_steps', 'personalized_content_cache', 'usage']
async function allowWrites(): Promise<void> {
  for (const table of tables) await run(sql.raw(`drop trigger fail on ${table}`))
}

/** From here on sessions may only read, as those of a standby. */
async function setReadOnly(on: boolean): Promise<void> {
  await run(
    sql.raw(
      `do $$ begin execute format('alter database %I set default_transaction_read_only = ${
        on ? 'on' : 'off'
      }', current_database()); end $$`,
    ),
  )
  stack.proxy.cutAll()
}

describe.each([
  ['that may only be read', () => setReadOnly(true), () => setReadOnly(false)],
  ['whose disk is full', () => failWrites('53100'), allowWrites],
  ['whose memory is used up', () => failWrites('53200'), allowWrites],
])('a database %s', (_, begin, end) => {
  it('serves what is stored, says that the rest must wait, and makes it once it can', async () => {
    const learner = await stack.newLearner()
    const [stored, missing] = [upload(lessonBlocks()), upload(lessonBlocks())]
    expect((await read(learner, stored)).status).toBe(200)
    await begin()
    try {
      expect((await read(learner, stored)).status).toBe(200)
      stack.model.configure({})
      const refused = await read(learner, missing)
      expect(refused.status).toBe(503)
      expectDoneOrAway(refused)
      // No lease, no call.
      expect(stack.model.requests).toEqual([])
      const user_id = crypto.randomUUID()
      const learnerless = { method: 'POST', path: '/api/user/create', body: { user_id } }
      expect((await sendCall(stack.api.url, '', learnerless)).body).toMatchObject({
        error: 'database_unavailable',
      })
    } finally {
      await end()
    }
    await expect.poll(async () => (await read(learner, missing)).status).toBe(200)
    await expectAtRest(stack)
  })
})

it('a database that refuses more connections is said to be away, and used again when it takes them', async () => {
  await run(sql`create role crowded login password 'crowded' connection limit 1`)
  await run(sql.raw(`grant ${new URL(stack.test.url).username} to crowded`))
  const url = new URL(stack.proxy.url)
  url.username = 'crowded'
  url.password = 'crowded'
  const crowd = await stack.startAnother({ DATABASE_URL: url.href }).catch((error: unknown) => String(error))
  expect(crowd).toMatch(/too many connections|53300/)
  await run(sql`alter role crowded connection limit 4`)
  const api = await stack.startAnother({ DATABASE_URL: url.href })
  const learner = await stack.newLearner()
  const asked = Array.from({ length: 40 }, () => api.send('GET', `/api/user/${learner}`))
  for (const answer of await Promise.all(asked)) {
    const body = (await answer.json()) as Record<string, unknown>
    expectDoneOrAway({ status: answer.status, body })
  }
  await run(sql`alter role crowded connection limit 40`)
  await expect
    .poll(async () => {
      const answers = await Promise.all(asked.map(() => api.send('GET', `/api/user/${learner}`)))
      return new Set(answers.map(({ status }) => status))
    })
    .toEqual(new Set([200]))
  await api.end('SIGTERM')
  await run(sql`drop owned by crowded`)
  await run(sql`drop role crowded`)
})
