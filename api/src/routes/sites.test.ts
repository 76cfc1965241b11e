import { type Site, siteFileSchema } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { demoSite } from '../sites/demo-site.ts'
import { createSiteDirectory } from '../sites/site-directory.ts'
import { createSiteStore } from '../storage/site-store.ts'
import { startTestApi, type TestApi } from '../test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

const rust: Site = {
  id: 'rust-book',
  name: 'The Rust Book',
  patterns: ['https://doc.rust-lang.org/book/*'],
  lesson: '#content > main',
  ignore: ['.buttons'],
  subject: 'Rust',
  language: 'en',
  policy: 'allow',
  preferences: ['programming_experience'],
  additions: ['example'],
}

describe('GET /api/sites', () => {
  it('lists the table, and answers 304 to who has it already', async () => {
    const store = createSiteStore(api.database)
    await store.put({ ...rust, glossary: [{ term: 'borrow checker' }], daily_token_budget: 9 })
    await store.put(demoSite('http://localhost:8788'))
    await store.put(demoSite('http://localhost:9999'))
    await api.database.orm.execute(sql`insert into sites (id, site) values ('broken', '{"id": "broken"}')`)

    const response = await fetch(`${api.url}/api/sites`)
    expect(await response.json()).toEqual({
      sites: [
        { id: 'lectern-demo', name: 'Demo textbook', patterns: ['http://localhost:9999/*'], policy: 'allow' },
        rust,
      ],
    })
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')

    const etag = response.headers.get('etag') ?? ''
    const statusOf = async (tag: string) => {
      const answer = await fetch(`${api.url}/api/sites`, { headers: { 'If-None-Match': tag } })
      return [answer.status, (await answer.text()).length > 0, answer.headers.get('etag') === etag]
    }
    expect(await statusOf(etag)).toEqual([304, false, true])
    expect(await statusOf(`"other", W/${etag}`)).toEqual([304, false, true])
    expect(await statusOf('*')).toEqual([304, false, true])
    expect(await statusOf('"other"')).toEqual([200, true, true])
  })
})

describe('createSiteDirectory', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))

  it('asks the store once a second, however many ask, and again after a failure', async () => {
    const list = vi.fn(() => Promise.resolve([rust]))
    const directory = createSiteDirectory({ list, put: () => Promise.resolve() })
    expect(await Promise.all([directory.list(), directory.list()])).toEqual([[rust], [rust]])
    expect(list).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1_000)
    list.mockRejectedValueOnce(new Error('away'))
    await expect(directory.list()).rejects.toThrow('away')
    expect(await directory.list()).toEqual([rust])
    expect(list).toHaveBeenCalledTimes(3)
    vi.useRealTimers()
  })
})

it('GET /api/lectern.schema.json publishes what a textbook may say of itself', async () => {
  const response = await fetch(`${api.url}/api/lectern.schema.json`)
  expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(siteFileSchema)))
})
