import { mostUsageDays, type Site } from '@lectern/shared'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import { hashOf, lessonBlocks, startLessonApi, upload } from './testing/lesson-api.ts'
import { callAsStaff, makeStaffToken } from './testing/staff-calls.ts'

const book: Site = {
  id: 'book',
  name: 'Book',
  patterns: ['https://book.example/*'],
  policy: 'allow',
  glossary: [{ term: 'loop' }],
}

let api: Awaited<ReturnType<typeof startLessonApi>>
let beside: typeof api
let token: string
beforeAll(async () => {
  const budgets = { limits: { whole: 1e9 }, prices: { prompt: 1, completion: 10 } }
  api = await startLessonApi({}, { budgets })
  beside = await startLessonApi({}, { budgets, beside: api.api })
  await createSiteStore(api.api.database).put(book)
  token = (await makeStaffToken(api.api)).token
})
afterAll(async () => {
  await beside.close()
  await api.close()
})

const ask = (method: string, path: string, body?: unknown) => callAsStaff(api.api, method, path, token, body)
const today = () => new Date().toISOString().slice(0, 10)
let pages = 0
const newLesson = (title = 'Loops') => {
  pages += 1
  return {
    ...upload(lessonBlocks(), title),
    url: `https://book.example/${pages}`,
    lesson_slug: `book/${pages}`,
  }
}
async function written() {
  await api.api.usage.flush()
  await api.api.history.flush()
}

describe('usage', () => {
  it('is told by day, of a site and in all, with what the cache saved', async () => {
    const lesson = newLesson()
    await vi.waitFor(
      async () => {
        await api.personalize(await api.learner(), lesson)
        await api.api.usage.flush()
      },
      { timeout: 30_000 },
    )
    await api.personalize(await api.learner(), lesson)
    await api.personalize(await api.learner(), lesson)
    await written()
    const { status, body } = await ask('GET', '/sites/book/usage')
    expect(status).toBe(200)
    expect(body).toMatchObject({ site: 'book', to: today(), total: { made: 4, hits: 8, failed: 0 } })
    const { days, total } = body
    expect(days).toEqual([{ day: today(), ...total }])
    const tokens = total.prompt_tokens + total.completion_tokens
    expect(total.calls).toBe(4)
    expect(total.saved_tokens).toBe(2 * tokens)
    expect(total.saved_cost).toBeCloseTo(2 * total.cost, 9)
    expect((await ask('GET', '/usage')).body.total.hits).toBeGreaterThanOrEqual(8)
    expect((await ask('GET', '/usage')).body.site).toBeUndefined()
    expect((await ask('GET', '/staff/sites')).body).toEqual({
      day: today(),
      sites: [{ site: book, today: total, open_reports: 0 }],
    })
  })

  it('counts what could not be made once, however many wait for it', async () => {
    const before = (await ask('GET', '/sites/book/usage')).body.total
    api.model.configure({ faults: [{ kind: 'status_401', times: 99 }] })
    const lesson = newLesson()
    await api.send('POST', '/api/personalize', await api.learner(), lesson)
    api.model.configure({})
    await written()
    const after = (await ask('GET', '/sites/book/usage')).body.total
    expect(after.failed - before.failed).toBe(4)
  })

  it.each([
    ['from=2026-11-02&to=2026-11-01', 'from'],
    ['from=2020-01-01', 'from'],
    ['from=yesterday', 'from'],
    ['to=2026-02-30', 'to'],
    ['until=2026-02-01', 'until'],
  ])('of %s is refused, naming the field', async (query, field) => {
    expect(await ask('GET', `/sites/book/usage?${query}`)).toMatchObject({
      status: 400,
      body: { error: 'validation_failed', detail: expect.stringContaining(field) },
    })
    expect(mostUsageDays).toBe(366)
  })
})

describe('the lessons of a site', () => {
  it('are listed with how many learners read them, those last seen first, by pages', async () => {
    const lessons = [newLesson('One'), newLesson('Two'), newLesson('Three')]
    const [ada, ben] = [await api.learner(), await api.learner()]
    for (const lesson of lessons) {
      await api.personalize(ada, lesson)
      await written()
    }
    const [first] = lessons
    if (first === undefined) throw new Error('There is a first lesson.')
    // The second time it lies ready: a hit.
    for (const learner of [ada, ben, ada, ben]) await api.personalize(learner, first)
    await written()
    // A purge looks at which lessons there are, those noted just now included.
    await ask('DELETE', `/sites/book/rewrites?lesson_hash=${'0'.repeat(64)}`)

    const page = (await ask('GET', '/sites/book/lessons?limit=2')).body
    expect(page.lessons).toMatchObject([
      { lesson_hash: hashOf(first), title: 'One', lesson_slug: first.lesson_slug, readers: 2 },
      { title: 'Three', readers: 1 },
    ])
    expect(JSON.stringify(page)).not.toContain(ada)
    const rest = (await ask('GET', `/sites/book/lessons?limit=2&after=${page.next}`)).body
    expect(rest.lessons[0]).toMatchObject({ title: 'Two', readers: 1 })
    expect((await ask('GET', '/sites/book/lessons?limit=101')).status).toBe(400)
    expect((await ask('GET', '/sites/book/lessons?after=x')).status).toBe(400)
    expect((await ask('GET', '/sites/other/lessons')).body.error).toBe('site_not_found')
  })
})

describe('what learners reported', () => {
  it('is listed without who they are, and seen to', async () => {
    const learner = await api.learner()
    const report = {
      lesson_hash: 'a'.repeat(64),
      url: 'https://book.example/loops?reader=7',
      kind: 'wrong_content',
    }
    for (const more of [{ section: 1 }, { section: 2, block: 3, text: 'Odd words' }, {}])
      expect((await api.send('POST', '/api/reports', learner, { ...report, ...more })).status).toBe(201)
    expect((await ask('GET', '/staff/sites')).body.sites[0].open_reports).toBe(3)

    const page = (await ask('GET', '/sites/book/reports?limit=2')).body
    expect(page.reports).toMatchObject([
      { kind: 'wrong_content' },
      { section: 2, block: 3, text: 'Odd words', url: 'https://book.example/loops' },
    ])
    expect(JSON.stringify(page)).not.toContain(learner)
    const rest = (await ask('GET', `/sites/book/reports?limit=2&after=${page.next}`)).body
    expect(rest).toMatchObject({ reports: [{ section: 1 }] })
    expect(rest.next).toBeUndefined()

    const { report_id } = page.reports[1]
    const resolve = (resolved: boolean, id = report_id) =>
      ask('PUT', `/sites/book/reports/${id}`, { resolved })
    expect(await resolve(true)).toMatchObject({ status: 200, body: { resolved_by: 'Ada' } })
    const open = async () => (await ask('GET', '/sites/book/reports?state=open')).body.reports.length
    expect(await open()).toBe(2)
    expect((await ask('GET', '/sites/book/reports?state=resolved')).body.reports).toMatchObject([
      { report_id, resolved_by: 'Ada', resolved_at: expect.any(String) },
    ])
    expect((await resolve(false)).body.resolved_at).toBeUndefined()
    expect(await open()).toBe(3)
    expect(await resolve(true, crypto.randomUUID())).toMatchObject({
      status: 404,
      body: { error: 'not_found' },
    })
    expect((await ask('PUT', `/sites/other/reports/${report_id}`, { resolved: true })).status).toBe(404)
  })
})

describe('a purge', () => {
  it('lets a lesson be made anew, in every process; or all of a site', async () => {
    const [lesson, other] = [newLesson(), newLesson()]
    const learner = await api.learner()
    const cached = async (of: typeof api, body: typeof lesson) =>
      (await of.personalize(learner, body)).sections.every((section) => section.cached)
    for (const each of [lesson, other]) await api.personalize(learner, each)
    expect([await cached(beside, lesson), await cached(beside, lesson), await cached(api, lesson)]).toEqual([
      true,
      true,
      true,
    ])
    expect(await ask('DELETE', `/sites/book/rewrites?lesson_hash=${hashOf(lesson)}`)).toMatchObject({
      status: 200,
      body: { deleted_count: 4 },
    })
    const query = 'profile=undergraduate.beginner.none.none.hobby.en&site=book'
    const stored = () => beside.send('GET', `/api/rewrites/${hashOf(lesson)}?${query}`)
    await expect.poll(async () => (await stored()).status).toBe(404)
    expect(await cached(beside, lesson)).toBe(false)
    expect(await cached(api, other)).toBe(true)
    expect((await ask('DELETE', '/sites/book/rewrites')).body.deleted_count).toBeGreaterThanOrEqual(4)
    expect(await cached(api, other)).toBe(false)
    expect((await ask('DELETE', '/sites/other/rewrites')).body.error).toBe('site_not_found')
    expect((await ask('DELETE', '/sites/book/rewrites?lesson_hash=1')).status).toBe(400)
  })
})
