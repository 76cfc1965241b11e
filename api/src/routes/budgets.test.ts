import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import { createUsageStore } from '../storage/usage-store.ts'
import { siteUsage } from '../usage/site-usage.ts'
import {
  allCached,
  events,
  lessonBlocks,
  shortPatience,
  startLessonApi,
  stream,
  upload,
} from './testing/lesson-api.ts'

/** A section of these lessons reserves at most so many tokens, and takes far fewer. */
const SECTION = 5_600
const limits: { learner?: number; site?: number; whole?: number; address?: number } = {}
const budgets = { limits, prices: { prompt: 1, completion: 10 } }
const { api, close, learner, model, personalize, send } = await startLessonApi(
  {},
  { budgets, trustProxy: ['loopback'] },
  shortPatience,
)
const store = createUsageStore(api.database)
const today = () => new Date().toISOString().slice(0, 10)
const patient = { timeout: 30_000, interval: 200 }
const section = () => upload(lessonBlocks().slice(0, 3))

beforeEach(async () => {
  for (const scope of ['learner', 'site', 'whole', 'address'] as const) delete limits[scope]
  model.configure({})
  await api.usage.flush()
  await api.database.orm.execute(sql`truncate usage, usage_reservations`)
})
afterAll(close)

async function whole() {
  await api.usage.flush()
  const [row] = await api.database.orm.execute<Record<string, number>>(sql`
    select reserved_tokens::int as reserved, prompt_tokens::int as prompt, completion_tokens::int as completion,
      calls::int, cost::float8, made::int, shared::int, hits::int
    from usage where scope = 'whole'`)
  return row
}

describe('budgets', () => {
  it('refuse what is beyond them with a sentence and the time until midnight, and serve what is stored', async () => {
    const user = await learner()
    const stored = section()
    await personalize(user, stored)
    limits.learner = SECTION / 4
    const refused = await send('POST', '/api/personalize', user, section())
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      {
        error: 'budget_spent',
        message: expect.stringMatching(/^You have used up .* Stored lessons still open/),
      },
    ])
    const wait = Number(refused.headers.get('retry-after'))
    const midnight = (Date.parse(`${today()}T24:00:00Z`) - Date.now()) / 1000
    expect(Math.abs(wait - midnight)).toBeLessThan(60)
    expect(allCached(await personalize(user, stored))).toBe(true)
    expect(model.requests).toHaveLength(1)
  })

  it('give what is stored of a lesson whose other sections they refuse', async () => {
    const user = await learner()
    const lesson = upload(lessonBlocks())
    await personalize(user, { ...lesson, sections: lesson.sections.slice(0, 2) })
    limits.learner = 1
    const all = await events(await send('POST', '/api/personalize', user, lesson, stream))
    expect(all.filter(({ event }) => event === 'section').map(({ data }) => data.section)).toEqual([1, 2])
    expect(all.at(-1)).toMatchObject({ event: 'failed', data: { error: 'budget_spent' } })
    expect(all.at(-1)?.data.retry_after).toBeGreaterThan(0)
  })

  it('say that it is soon over where others only hold the rest', async () => {
    const user = await learner()
    // The first holds its part while the second asks.
    model.configure({ ttft_ms: 1_500 })
    limits.learner = SECTION * 1.5
    const first = personalize(user, section())
    await expect.poll(() => model.requests.length).toBe(1)
    const second = await send('POST', '/api/personalize', user, section())
    await first
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '30'])
    await api.usage.flush()
    await vi.waitFor(() => personalize(user, section()), patient)
  })

  it("are the learner's own, and a network's for all in it", async () => {
    limits.learner = SECTION
    const [one, two, three] = [await learner(), await learner(), await learner()]
    await personalize(one, section())
    expect((await send('POST', '/api/personalize', one, section())).status).toBe(429)
    await personalize(two, section())
    delete limits.learner
    limits.address = SECTION
    const from = (address: string) =>
      send('POST', '/api/personalize', three, section(), { 'x-forwarded-for': address }).then(
        ({ status }) => status,
      )
    expect(await from('2001:db8:1:2::1')).toBe(200)
    await api.usage.flush()
    expect(await from('2001:db8:1:2::2')).toBe(429)
    expect(await from('2001:db8:1:3::2')).toBe(200)
    const kept = await api.database.orm.execute<{ subject: string }>(sql`
      select subject from usage where scope in ('learner', 'address')
      union all select unnest(subjects) from usage_reservations`)
    for (const { subject } of kept)
      for (const plain of ['2001', one, two, three]) expect(subject).not.toContain(plain)
  })

  it("are a site's own where its staff let it take less, and never more than the server lets it", async () => {
    const put = (daily_token_budget: number) =>
      createSiteStore(api.database).put({
        id: 'small',
        name: 'Small',
        patterns: ['https://small.example/*'],
        policy: 'allow',
        daily_token_budget,
      })
    const user = await learner()
    const status = async () =>
      (await send('POST', '/api/personalize', user, { ...section(), url: 'https://small.example/1' })).status
    await put(0)
    await expect.poll(status, patient).toBe(429)
    await put(1e9)
    await expect.poll(status, patient).toBe(200)
    limits.site = 1
    await expect.poll(status, patient).toBe(429)
  })

  it('believe nobody about an address who is no proxy of ours', async () => {
    const its = await startLessonApi({}, { budgets: { ...budgets, limits: { address: SECTION } } })
    const user = await its.learner()
    const from = (address: string) =>
      its
        .send('POST', '/api/personalize', user, section(), { 'x-forwarded-for': address })
        .then(({ status }) => status)
    expect(await from('203.0.113.1')).toBe(200)
    await its.api.usage.flush()
    expect(await from('203.0.113.2')).toBe(429)
    await its.close()
  })

  it('charge the one who begins a rewrite, and nobody who joins it', async () => {
    limits.learner = SECTION
    model.configure({ ttft_ms: 1_000 })
    const lesson = section()
    const [first, follower] = [await learner(), await learner()]
    const begun = personalize(first, lesson)
    await expect.poll(() => model.requests.length).toBe(1)
    await Promise.all([begun, personalize(follower, lesson)])
    await api.usage.flush()
    await personalize(follower, section())
    expect((await send('POST', '/api/personalize', first, section())).status).toBe(429)
  })
})

describe('what is counted', () => {
  it('is what the model says it took, its price, and how sections came about, for the site and in all', async () => {
    await createSiteStore(api.database).put({
      id: 'book',
      name: 'Book',
      patterns: ['https://book.example/*'],
      policy: 'allow',
    })
    const lesson = { ...section(), url: 'https://book.example/1' }
    const user = await learner()
    await vi.waitFor(async () => {
      await personalize(user, { ...section(), url: 'https://book.example/2' })
      await api.usage.flush()
      expect((await siteUsage(store, 'book', today(), today())).total.made).toBeGreaterThan(0)
    }, patient)
    await api.database.orm.execute(sql`truncate usage, usage_reservations`)
    await personalize(user, lesson)
    await personalize(await learner(), lesson)
    await personalize(user, lesson) // from memory
    const counted = await whole()
    expect(counted).toMatchObject({ reserved: 0, calls: 1, made: 1, shared: 0, hits: 2 })
    const { prompt = 0, completion = 0, cost = 0 } = counted ?? {}
    expect(prompt).toBeGreaterThan(500)
    expect(completion).toBeGreaterThan(10)
    expect(cost).toBeCloseTo((prompt + completion * 10) / 1e6, 9)
    expect((await siteUsage(store, 'book', today(), today())).total).toMatchObject({
      prompt_tokens: prompt,
      completion_tokens: completion,
      made: 1,
      hits: 2,
    })
  })

  it.each([
    ['status_401', 0, 0],
    ['hang_before', 1, 0],
    ['hang_within', 1, 1],
    ['cut', 1, 1],
  ] as const)('of a call that fails is what it may have taken: %s', async (kind, prompt, completion) => {
    model.configure({ faults: [{ kind, times: 99 }] })
    expect((await send('POST', '/api/personalize', await learner(), section())).status).toBe(502)
    const counted = await whole()
    expect(counted).toMatchObject({ reserved: 0, calls: prompt })
    expect([Math.sign(counted?.prompt ?? -1), Math.sign(counted?.completion ?? -1)]).toEqual([
      prompt,
      completion,
    ])
  })
})
