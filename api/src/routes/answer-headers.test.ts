import { afterAll, describe, expect, it } from 'vitest'
import { createCourseStore } from '../storage/course-store.ts'
import { startTestApi } from '../test-api.ts'
import { newLearner } from './testing/learner-calls.ts'

const allowed = ['https://a.example', 'https://b.example:8443']
const [closed, open] = await Promise.all([startTestApi(), startTestApi({ corsOrigins: allowed })])
afterAll(async () => {
  await closed.close()
  await open.close()
})

const paths = ['/livez', '/readyz', '/api/sites', '/api/nothing', '/api/user/preferences', '/api/%zz']

/** Those that let a page of another origin read an answer, or say that one may. */
const corsHeaders = (headers: Headers) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-') || name === 'timing-allow-origin')

describe('every answer', () => {
  it.each(paths)(
    '%s has safe headers, says nothing of its server, and is in no cache unless it says so',
    async (path) => {
      const { headers } = await fetch(`${closed.url}${path}`)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'content-type': expect.stringMatching(/^application\/json/),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
        'cache-control': path === '/api/sites' ? 'public, max-age=60' : 'no-store',
      })
      expect([headers.get('server'), headers.get('x-powered-by'), headers.get('set-cookie')]).toEqual([
        null,
        null,
        null,
      ])
    },
  )

  it('is what helmet advises', async () => {
    const { headers } = await fetch(`${closed.url}/api/sites`)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      'x-dns-prefetch-control': 'off',
      'x-frame-options': 'SAMEORIGIN',
      'x-permitted-cross-domain-policies': 'none',
    })
  })

  it('to a learner’s id in an address is in no cache, and the id is not handed on', async () => {
    const { headers } = await fetch(`${closed.url}/api/user/${await newLearner(closed.url)}`)
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ])
  })

  it('is its own page alone where a browser shows it: no script, no frame, nothing loaded', async () => {
    await createCourseStore(closed.database).put({
      code: 'book',
      name: '<script>alert(1)</script>',
      sites: [],
    })
    for (const [code, status] of [
      ['book', 200],
      ['none', 404],
    ] as const) {
      const page = await fetch(`${closed.url}/course/${code}`)
      expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
      expect(page.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      )
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(await page.text()).not.toMatch(/<script|javascript:|\son\w+=|src=/i)
    }
  })
})

describe('for pages of other origins', () => {
  it.each(paths)('%s says nothing by default, and takes no preflight', async (path) => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost:8787',
      'chrome-extension://abcdef',
    ]) {
      const headers = {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-user-id',
      }
      const [answer, preflight] = [
        await fetch(`${closed.url}${path}`, { headers: { origin } }),
        await fetch(`${closed.url}${path}`, { method: 'OPTIONS', headers }),
      ]
      expect([...corsHeaders(answer.headers), ...corsHeaders(preflight.headers)]).toEqual([])
      expect([400, 404, 405]).toContain(preflight.status)
    }
  })

  it.each([
    'https://evil.example',
    'null',
    'http://a.example',
    'https://a.example:444',
    'https://a.example.evil.example',
    'https://evil-a.example',
    'https://A.example',
    'https://a.example/',
    'https://a.example, https://evil.example',
    '*',
    '.*',
  ])('%s is not let in where others are', async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { origin, 'access-control-request-method': 'GET' }
      const answer = await fetch(`${open.url}/api/sites`, { method, headers })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it.each(allowed)('%s is let in by the setting: to the calls, without cookies', async (origin) => {
    const read = await fetch(`${open.url}/api/sites`, { headers: { origin } })
    const missing = await fetch(`${open.url}/api/nothing`, { headers: { origin } })
    for (const { headers } of [read, missing]) {
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('vary')).toMatch(/\bOrigin\b/i)
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
    const preflight = await fetch(`${open.url}/api/user/preferences`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'GET, POST, PUT, DELETE',
    ])
  })
})
