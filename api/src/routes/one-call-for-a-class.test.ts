import { randomUUID } from 'node:crypto'
import { formatProfile, profileOf } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type StandInModel, startStandInModel } from '../../load/stand-in-model.ts'
import { missingPgbouncer, startTestPgbouncer } from '../storage/test-pgbouncer.ts'
import { openTestDatabase, type TestDatabase } from '../test-api.ts'
import { type ApiProcess, type Arrival, lessonOf, startApiProcess } from './testing/api-process.ts'
import { handled, hashOf, lessonBlocks, preferences, upload } from './testing/lesson-api.ts'

let test: TestDatabase
let model: StandInModel
const running: ApiProcess[] = []
beforeAll(async () => {
  test = await openTestDatabase()
  model = await startStandInModel()
})
beforeEach(() => model.configure({ ttft_ms: 200, tokens_per_second: 60 }))
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.end('SIGKILL')))
})
afterAll(async () => {
  await model.close()
  await test.close()
})

/** Of a process that is killed; the others' is longer than a busy machine may keep one from renewing it. */
const LEASE_S = 2
const SECTIONS = 4
/** Time enough for readers of another process to come before the first block does. */
const SLOW = { ttft_ms: 4_000, tokens_per_second: 60 }

async function start(env: Record<string, string> = {}): Promise<ApiProcess> {
  const one = await startApiProcess({
    DATABASE_URL: test.url,
    OPENAI_BASE_URL: model.url,
    LLM_MODEL: 'stand-in',
    LECTERN_LEASE_SECONDS: '30',
    ...env,
  })
  running.push(one)
  return one
}

const shortLease = { LECTERN_LEASE_SECONDS: String(LEASE_S) }

/** Two processes over the same database. */
function startTwo(env?: Record<string, string>): Promise<[ApiProcess, ApiProcess]> {
  return Promise.all([start(env), start(env)])
}

async function newLearner({ send }: ApiProcess): Promise<string> {
  const user_id = randomUUID()
  await send('POST', '/api/user/create', undefined, { user_id })
  await send('POST', '/api/onboarding', undefined, { user_id, ...preferences })
  return user_id
}

/** Each block of each section once and in order, then the end. */
function expectWhole(arrived: Arrival[]): void {
  expect(arrived.filter(({ event }) => event === 'failed')).toEqual([])
  expect(arrived.at(-1)).toMatchObject({ event: 'done', data: { receipt: { rewritten: SECTIONS } } })
  for (let section = 1; section <= SECTIONS; section++)
    expect(blocksOf(arrived, section).map(({ data }) => data.block)).toEqual([1, 2])
}

function blocksOf(arrived: Arrival[], section: number): Arrival[] {
  return arrived.filter(({ event, data }) => event === 'block' && data.section === section)
}

/** What was shown of a lesson, without its order in time over sections, or that of fields. */
function textOf(arrived: Arrival[]): string {
  const shown = arrived.filter(({ event }) => event === 'block' || event === 'addition')
  return shown
    .map(({ data }) => JSON.stringify(data, Object.keys(data).toSorted()))
    .toSorted()
    .join('\n')
}

function expectAlike(all: Arrival[][]): void {
  const [first, ...others] = all.map(textOf)
  for (const other of others) expect(other).toBe(first)
}

/** Starts reading in the first process, and once something of it has arrived there, in the others. */
async function readInAll(processes: ApiProcess[], lesson: object, readers: number): Promise<Arrival[][]> {
  const [leader, ...others] = processes
  if (leader === undefined) return []
  const user = await newLearner(leader)
  const read = (one: ApiProcess) =>
    Array.from({ length: readers }, () => one.stream('/api/personalize', user, lesson))
  const led = read(leader)
  // Whatever went wrong there says more than that no call came.
  await Promise.race([expect.poll(() => model.requests.length).toBe(SECTIONS), Promise.all(led)])
  return await Promise.all([...led, ...others.flatMap(read)])
}

describe('two processes', () => {
  it('make a lesson once for all who ask at the same time, and all see it grow', async () => {
    const [one, two] = await startTwo()
    const lesson = upload(lessonBlocks())
    const user = await newLearner(one)
    const asked = Array.from({ length: 60 }, (_, i) =>
      (i % 2 === 0 ? one : two).stream('/api/personalize', user, lesson),
    )
    const all = await Promise.all(asked)
    expect(model.requests).toHaveLength(SECTIONS)
    for (const arrived of all) expectWhole(arrived)
    expectAlike(all)
    expect([...one.complaints, ...two.complaints]).toEqual([])

    const again = await lessonOf(await two.send('POST', '/api/personalize', user, lesson))
    expect(again.sections.map(({ cached }) => cached)).toEqual([true, true, true, true])
    expect(model.requests).toHaveLength(SECTIONS)
  })

  it('show what one makes to those who ask the other by the hash alone', async () => {
    const [one, two] = await startTwo()
    model.configure(SLOW)
    const lesson = upload(lessonBlocks())
    const user = await newLearner(one)
    const led = one.stream('/api/personalize', user, lesson)
    await expect.poll(() => model.requests.length).toBe(SECTIONS)
    const profile = formatProfile(profileOf(preferences))
    const joined = await two.stream(`/api/rewrites/${hashOf(lesson)}?profile=${profile}`)
    expect(joined[0]).toMatchObject({
      event: 'plan',
      data: { sections: [{ state: 'making', blocks: 2 }, {}, {}, {}] },
    })
    expectWhole(joined)
    expect(textOf(await led)).toBe(textOf(joined))
    expect(model.requests).toHaveLength(SECTIONS)
  })

  it('ask for what was edited alone, whichever made the rest', async () => {
    const [one, two] = await startTwo()
    const blocks = lessonBlocks()
    const user = await newLearner(one)
    await one.stream('/api/personalize', user, upload(blocks))
    model.configure({})
    const edited = blocks
      .with(1, { kind: 'paragraph', text: 'The first section says something else now.' })
      .with(7, { kind: 'paragraph', text: 'So does the third section of this lesson.' })
    await two.stream('/api/personalize', user, upload(edited))
    expect(model.requests).toHaveLength(2)
  })

  it('tell a failure in the same words, and the next who asks has it made again', async () => {
    const [one, two] = await startTwo()
    model.configure({ ...SLOW, faults: [{ kind: 'length', match: 'Section Two', times: 1 }] })
    const lesson = upload(lessonBlocks())
    const all = await readInAll([one, two], lesson, 3)
    for (const arrived of all)
      expect(
        arrived.filter(({ event }) => event === 'failed').map(({ data }) => [data.section, data.error]),
      ).toEqual([
        [2, 'upstream_failed'],
        [undefined, 'upstream_failed'],
      ])
    model.configure({})
    const user = await newLearner(two)
    expectWhole(await two.stream('/api/personalize', user, lesson))
    expect(model.requests).toHaveLength(1)
  })
})

describe('a process that is killed while it makes a lesson', () => {
  it('is followed by another one, whose readers see each block once', async () => {
    const [one, two] = await startTwo(shortLease)
    // Slow enough for the first block of each section to be there when it is killed, and not the second.
    model.configure({ ttft_ms: 100, tokens_per_second: 4 })
    const lesson = upload(lessonBlocks())
    const user = await newLearner(one)
    const led = one.stream('/api/personalize', user, lesson).catch(() => [])
    await expect.poll(() => model.requests.length).toBe(SECTIONS)
    const readers = Array.from({ length: 10 }, () => two.stream('/api/personalize', user, lesson))
    const steps = async () => await test.database.orm.execute(sql`select from rewrite_steps`)
    await expect.poll(async () => (await steps()).length, { interval: 20 }).toBeGreaterThan(0)
    await one.end('SIGKILL')
    model.configure({ ttft_ms: 100, tokens_per_second: 60 })
    const killed = performance.now()
    await led
    const all = await Promise.all(readers)
    for (const arrived of all) expectWhole(arrived)
    expectAlike(all)
    expect(model.requests).toHaveLength(SECTIONS)
    const waited = Math.max(...all.map((arrived) => arrived.at(-1)?.at ?? 0)) - killed
    // Lease + 1.5 s + one generation of about 2 s; ten times that would be a stuck key.
    expect(waited).toBeLessThan(10 * (LEASE_S * 1000 + 3_500))
  })

  it('leaves no key stuck where nobody followed it', async () => {
    const [one, two] = await startTwo(shortLease)
    model.configure({ ttft_ms: 60_000 })
    const lesson = upload(lessonBlocks())
    const user = await newLearner(one)
    const led = one.stream('/api/personalize', user, lesson).catch(() => [])
    await expect.poll(() => model.requests.length).toBe(SECTIONS)
    await one.end('SIGKILL')
    await led
    model.configure({})
    expectWhole(await two.stream('/api/personalize', user, lesson))
    expect(model.requests).toHaveLength(SECTIONS)
  })
})

describe('the database', () => {
  it('may lose all connections while lessons are made', async () => {
    const [one, two] = await startTwo()
    model.configure({ ttft_ms: 300, tokens_per_second: 20 })
    const lesson = upload(lessonBlocks())
    const all = handled(readInAll([one, two], lesson, 5))
    await expect.poll(() => model.requests.length).toBe(SECTIONS)
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await test.database.orm.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
    }
    for (const arrived of await all) expectWhole(arrived)
    expect(model.requests).toHaveLength(SECTIONS)
    const user = await newLearner(two)
    const again = await lessonOf(await two.send('POST', '/api/personalize', user, lesson))
    expect(again.sections.every(({ cached }) => cached)).toBe(true)
  })
})

const missing = missingPgbouncer()
describe.skipIf(missing !== undefined)(`behind PgBouncer in transaction mode ${missing ?? ''}`, () => {
  it.each([
    ['with', { direct: true }],
    ['without', { direct: false }],
  ])('two processes make a lesson once, %s a direct connection', async (_, { direct }) => {
    const pooler = await startTestPgbouncer(test.url)
    const env = {
      DATABASE_URL: pooler.url,
      DATABASE_POOLER: 'transaction',
      ...(direct && { DATABASE_DIRECT_URL: test.url }),
    }
    const [one, two] = await startTwo(env)
    const all = await readInAll([one, two], upload(lessonBlocks()), 20)
    expect(model.requests).toHaveLength(SECTIONS)
    for (const arrived of all) expectWhole(arrived)
    expectAlike(all)
    await Promise.all(running.splice(0).map((process) => process.end('SIGTERM')))
    await pooler.stop()
  })
})
