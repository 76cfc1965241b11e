import { Failure } from '@lectern/shared'
import { Value } from 'typebox/value'
import { expect } from 'vitest'
import type { Call } from './every-path.ts'

/** What a call was answered with; a stream that ended in a failure counts as answered with 503. */
export type CallAnswer = { status: number; body: Record<string, unknown> }

/** Sends a call as a learner and as staff, as the route wants it. */
export async function sendCall(
  url: string,
  token: string,
  { method, path, learner, body, streams }: Omit<Call, 'kept'>,
): Promise<CallAnswer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(learner && { 'x-user-id': learner }),
      ...(body && { 'content-type': 'application/json' }),
      ...(streams && { accept: 'text/event-stream' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.headers.get('content-type')?.includes('event-stream'))
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} }
  const failed = /event: failed\ndata: (.*)\n\n$/.exec(text)?.[1]
  if (failed === undefined) expect(text).toContain('event: done')
  return failed === undefined ? { status: 200, body: {} } : { status: 503, body: JSON.parse(failed) }
}

/** Holds that a call was done, or that its failure is a sentence which says that the database is away. */
export function expectDoneOrAway({ status, body }: CallAnswer): void {
  if (status < 300) return
  expect([status, body]).toEqual([503, expect.toSatisfy((failure) => Value.Check(Failure, failure))])
  expect(body.error).toMatch(/^(database_unavailable|overloaded)$/)
  expect(body.message).toMatch(/^[A-Z].*again.*\.$/)
}
