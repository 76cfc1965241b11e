import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startTestApi, type TestApi } from '../test-api.ts'
import { answers, callApi, newLearner } from './testing/learner-calls.ts'

const rates = { learner: 5, address: 40, creation: 3 }

let api: TestApi
beforeAll(async () => {
  api = await startTestApi({ rates, trustProxy: ['loopback'] })
})
afterAll(() => api.close())

const from = (address: string, method: string, path: string, body?: unknown, learner?: string) =>
  fetch(api.url + path, {
    method,
    headers: {
      'X-Forwarded-For': address,
      ...(learner && { 'X-User-ID': learner }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const create = (address: string) => from(address, 'POST', '/api/user/create', { user_id: randomUUID() })

async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const all: number[] = []
  for (let i = 0; i < count; i++) all.push((await ask()).status)
  return all
}

describe('the rates of requests', () => {
  it('limit by address block how many learners are made, and say when to come again', async () => {
    expect(await statuses(4, () => create('192.0.2.1'))).toEqual([201, 201, 201, 429])
    const refused = await create('192.0.2.1')
    expect(await refused.json()).toMatchObject({
      error: 'too_many_requests',
      retry_after: expect.any(Number),
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
    expect((await create('192.0.2.2')).status).toBe(201)
    // One client has all of a /64.
    const sixes = [1, 2, 3, 4].map((last) => create(`2001:db8::${last}`))
    const made = (await Promise.all(sixes)).map(({ status }) => status)
    expect(made.toSorted((a, b) => a - b)).toEqual([201, 201, 201, 429])
  })

  it('limit a learner, wherever they are, and leave the others of the address alone', async () => {
    const [one, other] = [await newLearner(api.url, answers), randomUUID()]
    const read = (learner: string, address: string) =>
      from(address, 'GET', '/api/user/preferences', undefined, learner)
    expect(await statuses(6, () => read(one, '192.0.2.10'))).toEqual([200, 200, 200, 200, 200, 429])
    expect((await read(one.toUpperCase(), '192.0.2.11')).status).toBe(429)
    expect((await read(other, '192.0.2.10')).status).toBe(404)
  })

  it('limit an address, and let whoever watches the process in', async () => {
    const sites = () => from('192.0.2.20', 'GET', '/api/sites')
    const all = await statuses(41, sites)
    expect(all.filter((status) => status === 200)).toHaveLength(40)
    expect(all.at(-1)).toBe(429)
    expect((await from('192.0.2.20', 'GET', '/readyz')).status).toBe(200)
    expect(await api.metrics.registry.metrics()).toContain('lectern_refused_total{reason="address"} 1')
  })

  it('are those of the settings, generous for a school behind one address', async () => {
    const school = await startTestApi({ rates: { learner: 300, address: 12_000, creation: 1_000 } })
    onTestFinished(school.close)
    const made = await Promise.all(Array.from({ length: 300 }, () => newLearner(school.url)))
    const found = await Promise.all(made.map((id) => callApi(school.url, 'GET', `/api/user/${id}`)))
    expect(found.every(([status]) => status === 200)).toBe(true)
  })
})
