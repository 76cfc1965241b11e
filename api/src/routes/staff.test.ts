import type { Site } from '@lectern/shared'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { newStaffToken } from '../staff/staff-token.ts'
import { staffTokens } from '../storage/tables.ts'
import { startTestApi, type TestApi } from '../test-api.ts'
import { callAsStaff, makeStaffToken } from './testing/staff-calls.ts'

const book: Site = {
  id: 'rust-book',
  name: 'The Rust Book',
  patterns: ['https://doc.rust-lang.org/book/*'],
  policy: 'allow',
}

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

const makeToken = (days?: number) => makeStaffToken(api, days)
const call = (method: string, path: string, token?: string, body?: unknown) =>
  callAsStaff(api, method, path, token, body)

const listed = async () => (await call('GET', '/sites')).body.sites

describe('a staff token', () => {
  afterEach(() => vi.useRealTimers())

  it('opens the calls of staff, and its use is noted', async () => {
    const { token, token_id } = await makeToken()
    expect(await call('GET', '/staff', token)).toMatchObject({ status: 200, body: { name: 'Ada' } })
    const [row] = await api.database.orm.select().from(staffTokens).where(eq(staffTokens.token_id, token_id))
    expect(row?.last_used_at).toBeInstanceOf(Date)
    expect(JSON.stringify(row)).not.toContain(token.slice(-40))
    expect(api.log.join()).not.toContain(token.slice(-40))
  })

  it('gets nowhere when it is forged, expired, revoked, of another’s secret or absent', async () => {
    const [good, other, expired, revoked] = [
      await makeToken(),
      await makeToken(),
      await makeToken(-1),
      await makeToken(),
    ]
    await api.database.orm
      .update(staffTokens)
      .set({ revoked_at: new Date() })
      .where(eq(staffTokens.token_id, revoked.token_id))
    const mixed = good.token.slice(0, -43) + other.token.slice(-43)
    const answers = [
      await call('GET', '/staff'),
      ...(await Promise.all(
        [mixed, expired.token, revoked.token, newStaffToken().token].map((token) =>
          call('GET', '/staff', token),
        ),
      )),
    ]
    for (const { status, body, headers } of answers) {
      expect([status, body.error, headers.get('www-authenticate')]).toEqual([401, 'not_authorized', 'Bearer'])
      expect(body.message).toBe(answers[0]?.body.message)
    }
  })

  it('is not even looked at after five wrong ones in a minute', async () => {
    const fresh = await startTestApi({ beside: api })
    try {
      const { token } = await makeToken()
      const ask = (given: string) =>
        fetch(`${fresh.url}/api/staff`, { headers: { authorization: `Bearer ${given}` } })
      for (let i = 0; i < 5; i++) expect((await ask('wrong')).status).toBe(401)
      const before = fresh.counts.reads
      const refused = await ask(token)
      expect([refused.status, fresh.counts.reads - before]).toEqual([429, 0])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    } finally {
      await fresh.close()
    }
  })
})

describe('the whitelist', () => {
  let token: string
  beforeAll(async () => {
    token = (await makeToken()).token
  })

  it('is changed by staff, and every change is recorded and can be undone', async () => {
    expect(await call('POST', '/sites', token, book)).toMatchObject({ status: 201, body: { site: book } })
    expect(await call('POST', '/sites', token, book)).toMatchObject({
      status: 409,
      body: { error: 'site_exists' },
    })
    const { id: _, ...fields } = { ...book, name: 'The Book' }
    const changed = await call('PUT', `/sites/${book.id}`, token, fields)
    expect(changed).toMatchObject({ status: 200, body: { site: { name: 'The Book' } } })
    const removed = await call('DELETE', `/sites/${book.id}`, token)
    expect(removed.body.site).toBeUndefined()
    await expect.poll(listed).toEqual([])

    const { body } = await call('GET', `/sites/${book.id}/history`, token)
    expect(body.changes).toMatchObject([
      { changed_by: 'Ada', before: { name: 'The Book' } },
      { changed_by: 'Ada', before: { name: 'The Rust Book' }, after: { name: 'The Book' } },
      { changed_by: 'Ada', after: { name: 'The Rust Book' } },
    ])
    const undo = (change: number) => call('POST', `/sites/${book.id}/history/${change}/undo`, token)
    expect((await undo(removed.body.change)).body.site).toEqual({ ...book, name: 'The Book' })
    expect((await undo(changed.body.change)).body.site).toEqual(book)
    await expect.poll(listed).toEqual([book])
    expect(await undo(999_999)).toMatchObject({ status: 404, body: { error: 'not_found' } })
  })

  it('refuses what is no site, naming the field, and changes nothing', async () => {
    const before = await listed()
    const wrong = { ...book, id: 'other', patterns: ['https://localhost/*'] }
    expect(await call('POST', '/sites', token, wrong)).toMatchObject({
      status: 400,
      body: { detail: 'patterns.0' },
    })
    expect(await call('POST', '/sites', token, { ...book, extra: 1 })).toMatchObject({ status: 400 })
    expect(
      await call('PUT', '/sites/nowhere', token, {
        name: 'x',
        patterns: ['https://example.com/x/*'],
        policy: 'allow',
      }),
    ).toMatchObject({ status: 404, body: { error: 'site_not_found' } })
    expect(await listed()).toEqual(before)
  })

  it('is changed by nobody else', async () => {
    const before = await listed()
    const calls = [
      call('POST', '/sites', undefined, { ...book, id: 'other' }),
      call('PUT', `/sites/${book.id}`, undefined, book),
      call('DELETE', `/sites/${book.id}`),
      call('GET', `/sites/${book.id}/history`),
      call('POST', `/sites/${book.id}/history/1/undo`),
      call('GET', '/courses'),
      call('PUT', '/courses/rust', undefined, { name: 'Rust', sites: [] }),
      call('DELETE', '/courses/rust'),
    ]
    for (const { status } of await Promise.all(calls)) expect(status).toBe(401)
    expect(await listed()).toEqual(before)
  })

  it('has courses, of listed sites only', async () => {
    const course = { name: 'Rust in spring', sites: [book.id] }
    expect(await call('PUT', '/courses/rust-26', token, course)).toMatchObject({ status: 200 })
    expect((await call('GET', '/courses', token)).body.courses).toEqual([{ code: 'rust-26', ...course }])
    expect((await call('GET', '/courses/RUST-26')).body).toEqual({ code: 'rust-26', ...course })
    expect(await call('PUT', '/courses/rust-26', token, { name: 'x', sites: ['none'] })).toMatchObject({
      status: 404,
      body: { error: 'site_not_found' },
    })
    expect((await call('DELETE', '/courses/rust-26', token)).status).toBe(204)
    expect((await call('DELETE', '/courses/rust-26', token)).status).toBe(404)
  })
})
