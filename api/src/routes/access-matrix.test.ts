import { randomUUID } from 'node:crypto'
import { formatProfile, profileOf } from '@lectern/shared'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newStaffToken } from '../staff/staff-token.ts'
import { staffTokens } from '../storage/tables.ts'
import { answers, newLearner } from './testing/learner-calls.ts'
import { hashOf, lessonBlocks, startLessonApi, upload } from './testing/lesson-api.ts'
import { makeStaffToken } from './testing/staff-calls.ts'

/**
 * Who may do what: for each call of the API what is answered to whom. A learner's id is their secret, so `own` is
 * whoever sends it; `foreign` sends their own id in the header and another learner's in the body or the path, where
 * the call has a place for one; `unknown` sends an id that nobody has, `none` sends no header.
 */
type LearnerRow = { own: number; foreign: number | '-'; unknown: number; none: number; body?: Body }
type StaffRow = { own: number; body?: unknown }
/** Made for the id that it names, if it names one. */
type Body = (userId: string) => object

const lesson = upload(lessonBlocks())
const slug = { lesson_slug: 'a' }
const progress = { ...slug, state: 'completed', seconds: 9, updated_at: '2025-11-20T08:30:00Z' }
const profile = formatProfile(profileOf(answers))
const site = { name: 'Book', patterns: ['https://book.example/*'], policy: 'allow' }

const ofLearners: Record<string, LearnerRow> = {
  // Who makes an account knows its id; that one is taken is no news to who has it.
  createUser: { own: 409, foreign: 400, unknown: 201, none: 409, body: (user_id) => ({ user_id }) },
  getUser: { own: 200, foreign: 400, unknown: 404, none: 200 },
  completeOnboarding: {
    own: 200,
    foreign: 400,
    unknown: 404,
    none: 200,
    body: (user_id) => ({ user_id, ...answers }),
  },
  getPreferences: { own: 200, foreign: '-', unknown: 404, none: 400 },
  changePreferences: {
    own: 200,
    foreign: '-',
    unknown: 404,
    none: 400,
    body: () => ({ education_level: 'graduate' }),
  },
  personalize: {
    own: 200,
    foreign: 400,
    unknown: 404,
    none: 400,
    body: (user_id) => ({ ...lesson, user_id }),
  },
  // The learner is no part of the answer: an id only enters that learner's history.
  getRewrites: { own: 200, foreign: '-', unknown: 200, none: 200 },
  getProgress: { own: 200, foreign: '-', unknown: 404, none: 400 },
  changeProgress: { own: 200, foreign: '-', unknown: 404, none: 400, body: () => ({ lessons: [progress] }) },
  reportProblem: {
    own: 201,
    foreign: '-',
    unknown: 404,
    none: 400,
    body: () => ({ lesson_hash: hashOf(lesson), url: lesson.url, kind: 'other' }),
  },
  clearCache: { own: 200, foreign: '-', unknown: 404, none: 400 },
  exportUser: { own: 200, foreign: 400, unknown: 404, none: 400 },
  eraseUser: { own: 200, foreign: 400, unknown: 404, none: 400 },
}

/** For staff, in the order in which they can be done; a token that is revoked, unknown or missing gets 401. */
const ofStaff: Record<string, StaffRow> = {
  getStaffMember: { own: 200 },
  listStaffSites: { own: 200 },
  addSite: { own: 201, body: { id: 'other', ...site, patterns: ['https://other.example/*'] } },
  replaceSite: { own: 200, body: { ...site, name: 'Books' } },
  getSiteHistory: { own: 200 },
  undoSiteChange: { own: 200 },
  getUsage: { own: 200 },
  getSiteUsage: { own: 200 },
  listSeenLessons: { own: 200 },
  listReports: { own: 200 },
  resolveReport: { own: 200, body: { resolved: true } },
  listUsedProfiles: { own: 200 },
  createWarmup: { own: 201, body: { site: 'book', profiles: [profile] } },
  listWarmups: { own: 200 },
  getWarmup: { own: 200 },
  addWarmupLesson: { own: 200, body: { ...lesson, url: 'https://book.example/1' } },
  changeWarmup: { own: 200, body: { state: 'paused' } },
  purgeRewrites: { own: 200 },
  listCourses: { own: 200 },
  saveCourse: { own: 200, body: { name: 'Course', sites: ['book'] } },
  removeCourse: { own: 204 },
  removeSite: { own: 200 },
}

/** The same for everybody, whoever they say they are. */
const ofEverybody: Record<string, number> = {
  listSites: 200,
  getCourse: 200,
  showCourse: 200,
  describeApi: 200,
  describeSiteFile: 200,
  isAlive: 200,
  isReady: 200,
}

type Operation = { method: string; path: string; tags: string[] }
const {
  api,
  close,
  learner: newReader,
} = await startLessonApi({}, { trustProxy: ['loopback'], allowPrivateSites: true })
afterAll(close)
const operations = new Map<string, Operation>()
const params: Record<string, string> = {
  lesson_hash: hashOf(lesson),
  id: 'book',
  code: 'course',
  // After two that add a site.
  change: '3',
}

beforeAll(async () => {
  type Document = { paths: Record<string, Record<string, { operationId: string; tags: string[] }>> }
  const { paths } = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Document
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { operationId, tags }] of Object.entries(methods))
      operations.set(operationId, { method: method.toUpperCase(), path, tags })
  await api.startWarmups()
})

type Asked = { learner?: string; token?: string | undefined; body?: unknown; names?: string | undefined }
let networks = 0

/** Status and body of a call; `names` is the id that its path names. */
async function ask(
  operationId: string,
  { learner, token, body, names = '' }: Asked,
): Promise<[number, string]> {
  const { method = '', path = '' } = operations.get(operationId) ?? {}
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'user_id' ? names : (params[name] ?? ''),
  )
  networks += 1
  const response = await fetch(
    `${api.url}${target}${operationId === 'getRewrites' ? `?profile=${profile}` : ''}`,
    {
      method,
      headers: {
        // Of one network that tries wrong tokens none is looked at after five.
        'x-forwarded-for': `203.0.113.${networks % 250}`,
        ...(learner && { 'x-user-id': learner }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
  )
  return [response.status, await response.text()]
}

/** Whether these calls ask the database equally often. What is written behind other answers may fall among them. */
async function sameCost(calls: (() => Promise<unknown>)[]): Promise<boolean> {
  const costs = new Set<string>()
  for (const call of calls) {
    const before = { ...api.counts }
    await call()
    costs.add(`${api.counts.reads - before.reads} reads, ${api.counts.writes - before.writes} writes`)
  }
  return costs.size === 1
}

it('has a row for each call that the API describes', () => {
  const rows = [ofLearners, ofStaff, ofEverybody].flatMap((table) => Object.keys(table))
  expect([...operations.keys()].toSorted()).toEqual(rows.toSorted())
  const staffs = [...operations].filter(([, { tags }]) => tags.includes('staff')).map(([id]) => id)
  expect(staffs.toSorted()).toEqual(Object.keys(ofStaff).toSorted())
})

describe.each(Object.entries(ofLearners))('%s', (operationId, { own, foreign, unknown, none, body }) => {
  /** As this learner, naming that one. */
  const call = (learner: string | undefined, named: string) =>
    ask(operationId, { ...(learner && { learner }), names: named, body: body?.(named) })
  const withLesson = async () => {
    const reader = await newLearner(api.url, answers)
    await ask('personalize', { learner: reader, body: lesson })
    return reader
  }

  it('is for its own learner', async () => {
    const mine = await withLesson()
    expect((await call(mine, mine))[0]).toBe(own)
  })

  if (foreign !== '-')
    it('tells who names another learner nothing, whether there is one or not', async () => {
      const [mine, other] = [await withLesson(), await withLesson()]
      const answered = [await call(mine, other), await call(mine, randomUUID())]
      expect(answered[0]).toEqual([foreign, expect.stringContaining('"user_id"')])
      expect(answered[1]).toEqual(answered[0])
      await expect.poll(() => sameCost([() => call(mine, other), () => call(mine, randomUUID())])).toBe(true)
      // And nothing has happened to the other one.
      expect((await ask('getPreferences', { learner: other }))[1]).toBe(JSON.stringify(answers))
    })

  it('knows nobody of an unknown id', async () => {
    await withLesson()
    const nobody = randomUUID()
    const [status, text] = await call(nobody, nobody)
    expect(status).toBe(unknown)
    if (unknown === 404) expect(JSON.parse(text)).toMatchObject({ error: 'user_not_found' })
  })

  it('is nobody’s without an id', async () => {
    const other = await withLesson()
    const [status, text] = await call(undefined, other)
    expect(status).toBe(none)
    if (none === 400) expect(JSON.parse(text)).toMatchObject({ error: 'missing_user', detail: 'X-User-ID' })
  })
})

describe('staff', () => {
  const wrong: (string | undefined)[] = []
  let token: string
  beforeAll(async () => {
    token = (await makeStaffToken(api)).token
    const [revoked, expired] = [await makeStaffToken(api), await makeStaffToken(api, -1)]
    await api.database.orm
      .update(staffTokens)
      .set({ revoked_at: new Date() })
      .where(eq(staffTokens.token_id, revoked.token_id))
    const secretOfAnother = `${token.slice(0, -5)}${token.slice(-5) === 'aaaaa' ? 'bbbbb' : 'aaaaa'}`
    wrong.push(revoked.token, newStaffToken().token, expired.token, secretOfAnother, 'nonsense', undefined)
    const reader = await newReader()
    const made = await ask('addSite', { token, body: { id: 'book', ...site } })
    expect(made[0]).toBe(201)
    await ask('saveCourse', { token, body: { name: 'Course', sites: ['book'] } })
    const about = { lesson_hash: hashOf(lesson), url: 'https://book.example/1', kind: 'other' }
    // The site is known to who was just asked for it soon after.
    params.report_id = await vi.waitFor(
      async () => {
        await ask('reportProblem', { learner: reader, body: about })
        const [report] = await api.database.orm.execute<{ report_id: string }>(
          sql`select report_id from lesson_reports where site = 'book'`,
        )
        if (report === undefined) throw new Error('The report is of no site yet.')
        return report.report_id
      },
      { timeout: 30_000 },
    )
    const [, warmup] = await ask('createWarmup', { token, body: { site: 'book', profiles: [profile] } })
    params.warmup_id = (JSON.parse(warmup) as { warmup_id: string }).warmup_id
  })

  it.each(Object.entries(ofEverybody))('%s is for everybody', async (operationId, status) => {
    for (const asked of [{ token }, { token: 'nonsense' }, { learner: randomUUID() }, {}])
      expect((await ask(operationId, asked))[0]).toBe(status)
  })

  it.each(Object.entries(ofStaff))(
    '%s is for staff alone, who are told why in one way',
    async (operationId, row) => {
      const refused: unknown[] = []
      for (const token of wrong) refused.push(await ask(operationId, { token, body: row.body }))
      // An id of a learner opens nothing here.
      refused.push(await ask(operationId, { learner: await newReader(), body: row.body }))
      expect(refused[0]).toEqual([401, expect.stringContaining('"not_authorized"')])
      expect(refused).toEqual(refused.map(() => refused[0]))
      // One that is revoked, unknown, expired or only looks like one costs the same.
      const calls = wrong.slice(0, 4).map((token) => () => ask(operationId, { token, body: row.body }))
      await expect.poll(() => sameCost(calls)).toBe(true)
      expect((await ask(operationId, { token, body: row.body }))[0]).toBe(row.own)
    },
  )
})
