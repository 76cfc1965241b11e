import { newStaffToken } from '../../staff/staff-token.ts'
import { createStaffTokenStore } from '../../storage/staff-token-store.ts'
import type { TestApi } from '../../test-api.ts'

export type StaffAnswer = {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for.
  body: any
}

/** A token of Ada's that holds for so many days. */
export async function makeStaffToken(
  { database }: Pick<TestApi, 'database'>,
  days = 1,
): Promise<{ token: string; token_id: string }> {
  const { token, ...kept } = newStaffToken()
  const expires_at = new Date(Date.now() + days * 86_400_000)
  await createStaffTokenStore(database).add({ ...kept, name: 'Ada', expires_at })
  return { token, token_id: kept.token_id }
}

/** A call of staff, as JSON; without a token where none is given. */
export async function callAsStaff(
  { url }: Pick<TestApi, 'url'>,
  method: string,
  path: string,
  token?: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<StaffAnswer> {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}
