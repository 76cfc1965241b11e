import { randomUUID } from 'node:crypto'
import { formatProfile, profileOf, type Site, type WarmupDetails } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readDatabaseConfig } from '../storage/database-address.ts'
import { createSiteStore } from '../storage/site-store.ts'
import { missingPgbouncer, startTestPgbouncer } from '../storage/test-pgbouncer.ts'
import { allCached, lessonBlocks, preferences, startLessonApi, upload } from './testing/lesson-api.ts'
import { callAsStaff, makeStaffToken } from './testing/staff-calls.ts'

const book: Site = { id: 'book', name: 'Book', patterns: ['https://book.example/*'], policy: 'allow' }
const usual = formatProfile(profileOf(preferences))
const urdu = formatProfile(profileOf({ ...preferences, preferred_language: 'ur' }))
const hobbyist = formatProfile(profileOf({ ...preferences, education_level: 'graduate' }))
const patient = { timeout: 30_000, interval: 100 }

let api: Awaited<ReturnType<typeof startLessonApi>>
let token: string
beforeAll(async () => {
  api = await startLessonApi(
    {},
    { budgets: { limits: { whole: 1e9 }, prices: { prompt: 1, completion: 1 } } },
  )
  token = (await makeStaffToken(api.api)).token
})
beforeEach(async () => {
  api.model.configure({})
  await createSiteStore(api.api.database).put(book)
})
afterAll(() => api.close())

const ask = (method: string, path: string, body?: unknown) => callAsStaff(api.api, method, path, token, body)
const find = async (id: string): Promise<WarmupDetails> => (await ask('GET', `/warmups/${id}`)).body
async function begin(profiles = [usual, hobbyist]): Promise<string> {
  const { status, body } = await ask('POST', '/warmups', { site: 'book', profiles })
  expect([status, body]).toMatchObject([201, { state: 'running' }])
  return body.warmup_id
}
let pages = 0
function newLesson() {
  pages += 1
  const lesson = upload(lessonBlocks().slice(0, 6), `Lesson ${pages}`)
  return { ...lesson, url: `https://book.example/${pages}`, lesson_slug: `book/${pages}` }
}
const texts = async (id: string) => {
  const [row] = await api.api.database.orm.execute<{ texts: number }>(
    sql`select count(lesson)::int as texts from warmup_lessons where warmup_id = ${id}::uuid`,
  )
  return row?.texts
}
const becomes = (id: string, wanted: Partial<WarmupDetails>) =>
  expect.poll(() => find(id), patient).toMatchObject(wanted)

describe('a warm-up', () => {
  it('makes what staff chose before any learner asks, keeps no text after it, and counts no hit as saved', async () => {
    const id = await begin()
    const lessons = [newLesson(), newLesson()]
    for (const lesson of lessons)
      expect((await ask('POST', `/warmups/${id}/lessons`, lesson)).status).toBe(200)
    await becomes(id, { state: 'done', lessons: 2, waiting: 0, made: 4, failed: 0, failures: [] })
    expect(await texts(id)).toBe(0)
    const calls = api.model.requests.length
    const learners = [await api.learner(), await api.learner({ education_level: 'graduate' })]
    for (const learner of learners)
      for (const lesson of lessons) expect(allCached(await api.personalize(learner, lesson))).toBe(true)
    expect(api.model.requests).toHaveLength(calls)
    await api.api.usage.flush()
    expect((await ask('GET', '/sites/book/usage')).body.total).toMatchObject({ made: 8, hits: 8, calls: 8 })

    // The same lesson again waits for nothing; another warm-up finds it made, which saved nobody a call.
    expect((await ask('POST', `/warmups/${id}/lessons`, lessons[0])).body).toMatchObject({
      lessons: 2,
      made: 4,
    })
    const again = await begin([usual])
    await ask('POST', `/warmups/${again}/lessons`, lessons[0])
    await becomes(again, { state: 'done', made: 1 })
    expect(api.model.requests).toHaveLength(calls)
    await api.api.usage.flush()
    expect((await ask('GET', '/sites/book/usage')).body.total).toMatchObject({ made: 8, hits: 8 })
    expect((await ask('GET', '/warmups')).body.warmups.map((one: WarmupDetails) => one.warmup_id)).toEqual([
      again,
      id,
    ])
    expect(await jobTables()).toBeGreaterThan(0)
  })

  it('keeps of a lesson’s name and address what a table takes, and no query', async () => {
    const id = await begin([usual])
    const odd = {
      ...newLesson(),
      lesson_slug: 'a\u0000b\uD800',
      url: 'https://book.example/odd\u0000?reader=7#x',
    }
    expect((await ask('PUT', `/warmups/${id}`, { state: 'paused' })).status).toBe(200)
    expect((await ask('POST', `/warmups/${id}/lessons`, odd)).status).toBe(200)
    const [row] = await api.api.database.orm.execute<{ url: string }>(
      sql`select lesson ->> 'url' as url from warmup_lessons where warmup_id = ${id}::uuid`,
    )
    expect(row?.url).toBe('https://book.example/odd%00')
    await ask('PUT', `/warmups/${id}`, { state: 'running' })
    await becomes(id, { state: 'done', made: 1 })
  })

  it('takes the profiles that most learners of the site have', async () => {
    const lesson = newLesson()
    for (const learner of [
      await api.learner({ preferred_language: 'ur' }),
      await api.learner({ preferred_language: 'ur', learning_goals: ['hobby', 'research'] }),
      await api.learner({ preferred_language: 'de' }),
    ])
      await api.personalize(learner, lesson)
    await api.api.history.flush()
    const { profiles } = (await ask('GET', '/sites/book/profiles')).body
    expect(profiles[0]).toEqual({ profile: urdu, learners: 2 })
    expect((await ask('POST', '/warmups', { site: 'book', most_used: 1 })).body).toMatchObject({
      state: 'running',
      profiles: [urdu],
      created_by: 'Ada',
    })
  })

  it('lists what could not be made, and tries again what may pass', async () => {
    api.model.configure({ faults: [{ kind: 'status_401', times: 99 }] })
    const refused = await begin([usual])
    const lesson = newLesson()
    await ask('POST', `/warmups/${refused}/lessons`, lesson)
    await becomes(refused, { state: 'done', made: 0, failed: 1 })
    expect((await find(refused)).failures).toEqual([
      {
        lesson_slug: lesson.lesson_slug,
        title: lesson.title,
        url: lesson.url,
        profile: usual,
        error: 'upstream_refused',
        message: expect.stringMatching(/\.$/),
      },
    ])
    expect(await texts(refused)).toBe(0)

    api.model.configure({ faults: [{ kind: 'garbage', times: 99 }] })
    const calls = api.model.requests.length
    const passing = await begin([usual])
    await ask('POST', `/warmups/${passing}/lessons`, newLesson())
    await expect.poll(() => api.model.requests.length, patient).toBeGreaterThan(calls)
    api.model.configure({})
    await becomes(passing, { state: 'done', made: 1, failed: 0 })
  })

  it('says of what was made and could not be kept that it is made anew', async () => {
    api.model.configure({ faults: [{ kind: 'drop_atoms', times: 99 }] })
    const id = await begin([usual])
    await ask('POST', `/warmups/${id}/lessons`, newLesson())
    await becomes(id, { failed: 1, failures: [expect.objectContaining({ error: 'upstream_refused' })] })
  })

  it('is paused, goes on, and is cancelled for good', async () => {
    const id = await begin([usual])
    const change = (state: string) => ask('PUT', `/warmups/${id}`, { state })
    expect((await change('paused')).body.state).toBe('paused')
    const calls = api.model.requests.length
    await ask('POST', `/warmups/${id}/lessons`, newLesson())
    // Another one goes through the queue meanwhile.
    const other = await begin([usual])
    await ask('POST', `/warmups/${other}/lessons`, newLesson())
    await becomes(other, { state: 'done' })
    expect(api.model.requests).toHaveLength(calls + 2)
    expect(await find(id)).toMatchObject({ state: 'paused', waiting: 1 })
    await change('running')
    await becomes(id, { state: 'done', made: 1 })
    await change('paused')
    await ask('POST', `/warmups/${id}/lessons`, newLesson())
    expect((await change('cancelled')).body).toMatchObject({ state: 'cancelled', waiting: 1, made: 1 })
    expect(await texts(id)).toBe(0)
    expect(await change('running')).toMatchObject({ status: 400, body: { detail: 'state' } })
    expect((await ask('POST', `/warmups/${id}/lessons`, newLesson())).status).toBe(400)
  })

  it('waits for a budget, and goes on when staff raise it', async () => {
    await createSiteStore(api.api.database).put({ ...book, daily_token_budget: 0 })
    const id = await begin([usual])
    const calls = api.model.requests.length
    const failed = async () => {
      await api.api.usage.flush()
      return (await ask('GET', '/sites/book/usage')).body.total.failed
    }
    const before = await failed()
    await ask('POST', `/warmups/${id}/lessons`, newLesson())
    await expect.poll(delayed, patient).toBe(1)
    await ask('POST', `/warmups/${id}/lessons`, newLesson())
    await expect.poll(delayed, patient).toBe(2)
    // The second was not tried: the budget was known to be spent.
    expect(await failed()).toBe(before + 2)
    expect(await find(id)).toMatchObject({ state: 'running', waiting: 2, failed: 0 })
    expect(api.model.requests).toHaveLength(calls)
    await createSiteStore(api.api.database).put(book)
    await ask('PUT', `/warmups/${id}`, { state: 'running' })
    await becomes(id, { state: 'done', made: 2 })
  })

  it('goes on in another process when its own is stopped in the middle', async () => {
    const owner = await startLessonApi()
    await createSiteStore(owner.api.database).put(book)
    const [first, second] = [
      await startLessonApi({}, { beside: owner.api }),
      await startLessonApi({}, { beside: owner.api }),
    ]
    const { token: its } = await makeStaffToken(owner.api)
    const call = (method: string, path: string, body?: unknown) =>
      callAsStaff(first.api, method, path, its, body)
    first.model.configure({ ttft_ms: 1_500 })
    const { warmup_id } = (await call('POST', '/warmups', { site: 'book', profiles: [usual] })).body
    await call('POST', `/warmups/${warmup_id}/lessons`, newLesson())
    await expect.poll(() => first.model.requests.length, patient).toBeGreaterThan(0)
    await first.close()
    const state = async () => (await callAsStaff(second.api, 'GET', `/warmups/${warmup_id}`, its)).body
    expect(await state()).toMatchObject({ state: 'running', waiting: 1, made: 0, failed: 0 })
    await second.api.startWarmups()
    await expect.poll(state, patient).toMatchObject({ state: 'done', made: 1, failed: 0 })
    expect(second.model.requests.length).toBeGreaterThan(0)
    await second.close()
    await owner.close()
  })
})

describe.skipIf(missingPgbouncer() !== undefined)('behind a pooler in transaction mode', () => {
  it('is queued by the way past it', async () => {
    const { direct } = api.api.config
    if (direct === undefined) throw new Error('A test database has a direct address.')
    const pgbouncer = await startTestPgbouncer(direct.url)
    const config = readDatabaseConfig({
      DATABASE_URL: pgbouncer.url,
      DATABASE_POOLER: 'transaction',
      DATABASE_DIRECT_URL: direct.url,
    })
    if (config === undefined) throw new Error('The pooler has an address.')
    const pooled = await startLessonApi({}, { beside: { config } })
    const call = (method: string, path: string, body?: unknown) =>
      callAsStaff(pooled.api, method, path, token, body)
    const { warmup_id } = (await call('POST', '/warmups', { site: 'book', profiles: [usual] })).body
    expect((await call('POST', `/warmups/${warmup_id}/lessons`, newLesson())).status).toBe(200)
    await becomes(warmup_id, { state: 'done', made: 1 })
    await pooled.close()
    await pgbouncer.stop()
  })
})

describe('what is refused', () => {
  it('names the field', async () => {
    const create = (body: object) => ask('POST', '/warmups', { site: 'book', profiles: [usual], ...body })
    expect(await create({ site: 'other' })).toMatchObject({ status: 404, body: { error: 'site_not_found' } })
    expect(await create({ profiles: ['a.b'] })).toMatchObject({ status: 400, body: { detail: 'profiles/0' } })
    await createSiteStore(api.api.database).put({
      ...book,
      id: 'unread',
      patterns: ['https://unread.example/*'],
    })
    expect(await ask('POST', '/warmups', { site: 'unread' })).toMatchObject({
      status: 400,
      body: { detail: 'profiles' },
    })
    const id = await begin([usual])
    const add = (change: object) => ask('POST', `/warmups/${id}/lessons`, { ...newLesson(), ...change })
    expect(await add({ url: 'https://unread.example/1' })).toMatchObject({
      status: 403,
      body: { detail: 'url' },
    })
    expect(await add({ url: 'https://elsewhere.example/1' })).toMatchObject({ status: 403 })
    expect(await add({ title: 'Another' })).toMatchObject({ status: 400, body: { error: 'hash_mismatch' } })
    expect(await add({ sections: [{ hash: 'a'.repeat(64) }] })).toMatchObject({ status: 400 })
    expect((await ask('GET', `/warmups/${randomUUID()}`)).status).toBe(404)
    expect((await ask('PUT', `/warmups/${randomUUID()}`, { state: 'paused' })).status).toBe(404)
    expect((await ask('POST', `/warmups/${randomUUID()}/lessons`, newLesson())).status).toBe(404)
  })

  it('is every warm-up where no way leads past a pooler, with the remedy', async () => {
    const pooled = await startLessonApi({}, { beside: api.api, jobs: { address: undefined } })
    await pooled.api.startWarmups()
    const answer = await callAsStaff(pooled.api, 'POST', '/warmups', token, {
      site: 'book',
      profiles: [usual],
    })
    expect(answer).toMatchObject({ status: 503, body: { error: 'warmups_unavailable' } })
    expect(answer.body.message).toContain('DATABASE_DIRECT_URL')
    await pooled.close()
  })
})

async function jobTables(): Promise<number> {
  const [row] = await api.api.database.orm.execute<{ tables: number }>(
    sql`select count(*)::int as tables from pg_tables where schemaname = 'lectern_jobs'`,
  )
  return row?.tables ?? 0
}

/** Jobs that wait for their time. */
async function delayed(): Promise<number> {
  const [row] = await api.api.database.orm.execute<{ jobs: number }>(
    sql`select count(*)::int as jobs from lectern_jobs.job where state = 'created' and start_after > now() + interval '1 minute'`,
  )
  return row?.jobs ?? 0
}
