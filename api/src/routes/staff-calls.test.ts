import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newStaffToken } from '../staff/staff-token.ts'
import { staffTokens } from '../storage/tables.ts'
import { startTestApi, type TestApi } from '../test-api.ts'
import { callAsStaff, makeStaffToken } from './testing/staff-calls.ts'

type Document = {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; tags: string[] }>>
}

let api: TestApi
let calls: [method: string, path: string][]
beforeAll(async () => {
  api = await startTestApi({ trustProxy: ['loopback'] })
  const { paths } = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Document
  calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes('staff'))
      .map(([method]): [string, string] => [
        method.toUpperCase(),
        path.replace(/^\/api/, '').replaceAll(/\{\w+\}/g, '1'),
      ]),
  )
})
afterAll(() => api.close())

it('each call of staff is closed to who has no token, or one that is forged, expired or revoked', async () => {
  expect(calls.length).toBeGreaterThan(15)
  const [good, expired, revoked] = [
    await makeStaffToken(api),
    await makeStaffToken(api, -1),
    await makeStaffToken(api),
  ]
  await api.database.orm
    .update(staffTokens)
    .set({ revoked_at: new Date() })
    .where(eq(staffTokens.token_id, revoked.token_id))
  const wrong = [undefined, newStaffToken().token, expired.token, revoked.token]
  let address = 0
  for (const [method, path] of calls) {
    // Five wrong tries from one address would close it.
    address += 1
    const from = { 'x-forwarded-for': `203.0.113.${address}` }
    for (const token of wrong) {
      const { status, body } = await callAsStaff(api, method, path, token, undefined, from)
      expect([method, path, status, body.error]).toEqual([method, path, 401, 'not_authorized'])
    }
    const { status } = await callAsStaff(api, method, path, good.token, undefined, from)
    expect([method, path, status]).not.toEqual([method, path, 401])
  }
})
