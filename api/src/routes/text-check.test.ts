import type { Site } from '@lectern/shared'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import { siteLessons } from '../storage/tables.ts'
import { allCached, hashOf, lessonBlocks, startLessonApi, upload } from './testing/lesson-api.ts'
import { callAsStaff, makeStaffToken } from './testing/staff-calls.ts'

/** A section of these lessons reserves at most so many tokens: of unproven text a learner gets one. */
const SECTION = 5_600
const limits = { learner: SECTION * 10, address: SECTION * 100 }
const { api, close, learner, model, personalize, send } = await startLessonApi(
  {},
  { budgets: { limits, prices: { prompt: 0, completion: 0 } }, trustProxy: ['loopback'] },
)
afterAll(close)

const checked: Site = {
  id: 'checked',
  name: 'Checked',
  patterns: ['https://checked.example/*'],
  policy: 'allow',
  text_check: 'networks',
}
const other: Site = { id: 'other', name: 'Other', patterns: ['https://other.example/*'], policy: 'allow' }
const page = (site: 'checked' | 'other' = 'checked') => ({
  ...upload(lessonBlocks().slice(0, 3)),
  url: `https://${site}.example/${crypto.randomUUID()}`,
})
const from = (address: string) => ({ 'x-forwarded-for': address })

/** Status and error of asking for a lesson from an address. */
async function ask(user: string, lesson: object, address: string): Promise<[number, string | undefined]> {
  const answer = await send('POST', '/api/personalize', user, lesson, from(address))
  const body = (await answer.json()) as { message?: string }
  return [answer.status, body.message]
}

/** A learner of a network who has used up what there is for text that may be no lesson of the site. */
async function whoHasSpentIt(address: string): Promise<string> {
  const user = await learner({ education_level: 'graduate' })
  for (const _ of [1, 2]) await ask(user, page(), address)
  await api.usage.flush()
  expect((await ask(user, page(), address))[0]).toBe(429)
  return user
}

beforeAll(async () => {
  for (const site of [checked, other]) await createSiteStore(api.database).put(site)
})
beforeEach(async () => {
  await api.usage.flush()
  await api.database.orm.execute(sql`truncate usage, usage_reservations`)
  // The list is at most a second old.
  const isListed = async () =>
    (await (await fetch(`${api.url}/api/sites`)).text()).includes('checked.example')
  await expect.poll(isListed).toBe(true)
})

it('a class is not kept waiting: what its first learner asks for is made at once, and is there for the others', async () => {
  const [first, second] = [await learner(), await learner()]
  const lesson = page()
  expect((await ask(first, lesson, '198.51.100.1'))[0]).toBe(200)
  expect(allCached(await personalize(second, lesson))).toBe(true)
})

it('text that nobody else has asked for takes a tenth of the budget, and says what to do then', async () => {
  const user = await whoHasSpentIt('198.51.100.2')
  const calls = model.requests.length
  const [status, message] = await ask(user, page(), '198.51.100.2')
  expect(status).toBe(429)
  expect(message).toMatch(
    /^You have used up your new rewrites for today of pages that hardly anyone else has /,
  )
  expect(message).toMatch(/Ask your course staff to warm this lesson up\.$/)
  expect(model.requests).toHaveLength(calls)
  // What is stored is served, and other sites have the whole budget.
  expect((await ask(user, page('other'), '198.51.100.2'))[0]).toBe(200)
})

it('text for which three networks have asked is the site’s own', async () => {
  const lesson = page()
  const spent = await whoHasSpentIt('203.0.113.9')
  expect((await ask(await learner(), lesson, '203.0.113.1'))[0]).toBe(200)
  expect((await ask(spent, lesson, '203.0.113.9'))[0]).toBe(429)
  // The third one asks for what is in memory already.
  for (const address of ['203.0.113.2', '203.0.113.3'])
    expect((await ask(await learner(), lesson, address))[0]).toBe(200)
  await expect.poll(async () => (await ask(spent, lesson, '203.0.113.9'))[0]).toBe(200)
})

it('one network stays one, however many learners and addresses it has', async () => {
  const lesson = page()
  const spent = await whoHasSpentIt('2001:db8:9::1')
  for (let last = 1; last <= 5; last++)
    expect((await ask(await learner(), lesson, `2001:db8:1:2::${last}`))[0]).toBe(200)
  await expect.poll(() => networksOf(lesson)).toHaveLength(1)
  expect((await ask(spent, lesson, '2001:db8:9::1'))[0]).toBe(429)
})

it('text that staff let be made beforehand is the site’s own', async () => {
  const { token } = await makeStaffToken(api)
  await api.startWarmups()
  const profile = 'undergraduate.beginner.none.none.hobby.en'
  const { body } = await callAsStaff(api, 'POST', '/warmups', token, { site: 'checked', profiles: [profile] })
  const lesson = page()
  const added = await callAsStaff(api, 'POST', `/warmups/${body.warmup_id}/lessons`, token, lesson)
  expect(added.status).toBe(200)
  const spent = await whoHasSpentIt('203.0.113.77')
  expect((await ask(spent, lesson, '203.0.113.77'))[0]).toBe(200)
})

it('of a network a number is kept that some 65,000 others share, and no more than three', async () => {
  const lesson = page()
  for (let last = 1; last <= 6; last++) await ask(await learner(), lesson, `192.0.2.${last}`)
  await expect.poll(() => networksOf(lesson)).toHaveLength(3)
  for (const network of await networksOf(lesson)) expect(network).toBeLessThan(2 ** 16)
})

it('is no one’s business: the public list does not say which sites check', async () => {
  expect(await (await fetch(`${api.url}/api/sites`)).text()).not.toContain('text_check')
})

/** The numbers of the networks that are noted of a lesson. */
async function networksOf(lesson: ReturnType<typeof page>): Promise<number[]> {
  const { networks, lesson_hash } = siteLessons
  const rows = await api.database.orm
    .select({ networks })
    .from(siteLessons)
    .where(eq(lesson_hash, hashOf(lesson)))
  return rows.flatMap((row) => row.networks)
}
