import { Failure } from '@lectern/shared'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type TestApi } from '../test-api.ts'
import { exchange } from './testing/raw-http.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

/** Status and error code, having made sure that the body is a failure and nothing may cache it. */
async function failing(path: string, init?: RequestInit): Promise<[number, string]> {
  const response = await fetch(`${api.url}${path}`, init)
  return [response.status, failureIn(await response.text())]
}

function failureIn(body: string): string {
  const failure: unknown = JSON.parse(body)
  if (!Value.Check(Failure, failure)) throw new Error(`This is no failure: ${body}`)
  expect(failure.message).toMatch(/^[A-Z].*\.$/)
  return failure.error
}

const json = { 'Content-Type': 'application/json' }
const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', headers, body })

describe('every failure is JSON', () => {
  it.each<[string, string, RequestInit | undefined, number, string]>([
    ['an unknown path', '/api/nothing', undefined, 404, 'not_found'],
    [
      'an unknown path, whatever its body',
      '/api/nothing',
      post('x', { 'Content-Type': 'a/b' }),
      404,
      'not_found',
    ],
    ['a path that cannot be decoded', '/api/%zz', undefined, 400, 'validation_failed'],
    ['a parameter that is too long', `/api/user/${'x'.repeat(200)}`, undefined, 404, 'not_found'],
    ['another method', '/api/sites', { method: 'PATCH' }, 405, 'method_not_allowed'],
    [
      'another method, whatever its body',
      '/api/sites',
      { ...post('{'), method: 'PATCH' },
      405,
      'method_not_allowed',
    ],
    ['JSON that is none', '/api/user/create', post('{"user_id":'), 400, 'validation_failed'],
    ['an empty body', '/api/user/create', post(''), 400, 'validation_failed'],
    ['no body', '/api/user/create', { method: 'POST' }, 400, 'validation_failed'],
    ['an array', '/api/user/create', post('[]'), 400, 'validation_failed'],
    ['a poisoned prototype', '/api/user/create', post('{"__proto__":{"a":1}}'), 400, 'validation_failed'],
    ['text', '/api/user/create', post('x', { 'Content-Type': 'text/plain' }), 415, 'unsupported_media_type'],
    ['a form', '/api/user/create', post('a=b', { 'Content-Type': 'a/b' }), 415, 'unsupported_media_type'],
    ['too much', '/api/user/create', post(`"${'x'.repeat(513 * 1024)}"`), 413, 'payload_too_large'],
    ['deep nesting', '/api/user/create', post('['.repeat(2e5) + ']'.repeat(2e5)), 400, 'validation_failed'],
  ])('%s', async (_name, path, init, status, error) => {
    expect(await failing(path, init)).toEqual([status, error])
  })

  it('names the methods that a path has', async () => {
    const response = await fetch(`${api.url}/api/user/preferences`, { method: 'POST' })
    expect(response.headers.get('allow')?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'PUT'])
  })

  it('answers what is no HTTP', async () => {
    expect(await failingRaw(api.url, 'nonsense\r\n\r\n')).toEqual([400, 'validation_failed'])
    const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`
    expect(await failingRaw(api.url, long)).toEqual([431, 'validation_failed'])
  })

  it('bounds the time in which a request must arrive', async () => {
    const slow = await startTestApi()
    expect([slow.app.server.requestTimeout, slow.app.server.headersTimeout]).toEqual([30_000, 4_000])
    slow.app.server.requestTimeout = slow.app.server.headersTimeout = 50
    const half =
      'POST /api/user/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'
    expect(await failingRaw(slow.url, half)).toEqual([408, 'validation_failed'])
    await slow.close()
  })

  it('hides what went wrong on the server, and says when the database is away', async () => {
    const broken = await startTestApi({
      learners: {
        create: () => Promise.reject(new Error('a bug with a secret')),
        find: () => Promise.reject(Object.assign(new Error('a secret'), { code: '57P01' })),
        savePreferences: () => Promise.reject(new Error()),
        changePreferences: () => Promise.reject(new Error()),
      },
      ready: () => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })),
    })
    const id = '11111111-1111-4111-8111-111111111111'
    const bug = await fetch(`${broken.url}/api/user/create`, post(JSON.stringify({ user_id: id })))
    const away = await fetch(`${broken.url}/api/user/${id}`)
    const ready = await fetch(`${broken.url}/readyz`)
    const texts = [await bug.text(), await away.text(), await ready.text()]
    await broken.close()

    expect([bug.status, away.status, ready.status]).toEqual([500, 503, 503])
    expect(texts.map(failureIn)).toEqual(['internal_error', 'database_unavailable', 'database_unavailable'])
    expect(texts.join()).not.toContain('secret')
    expect(away.headers.get('retry-after')).toBe('2')
    expect(broken.log.join()).not.toContain('secret')
  })
})

/** Status and error code of the answer to raw bytes. */
async function failingRaw(url: string, request: string): Promise<[number, string]> {
  const [answer] = await exchange(url, request)
  return [answer?.status ?? 0, failureIn(answer?.body ?? '')]
}
