import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { Failure } from '@lectern/shared'
import { Value } from 'typebox/value'
import { afterAll, describe, expect, it } from 'vitest'
import { startTestApi } from '../test-api.ts'
import { answers, callApi, failed, newLearner } from './testing/learner-calls.ts'
import { exchange, openSocket, type RawAnswer, readToEnd } from './testing/raw-http.ts'
import { callAsStaff, makeStaffToken } from './testing/staff-calls.ts'

const api = await startTestApi()
afterAll(() => api.close())

/** Status and error code; an answer that is no failure in JSON fails the test. */
function failureOf({ status, headers, body }: RawAnswer): [number, string] {
  expect(headers['content-type']).toMatch(/^application\/json/)
  const failure: unknown = JSON.parse(body)
  if (!Value.Check(Failure, failure)) throw new Error(`This is no failure: ${body}`)
  expect(failure.message).toMatch(/\.$/)
  return [status, failure.error]
}

const head = 'Host: x\r\nConnection: close\r\n'
const get = (target: string, fields = '') => `GET ${target} HTTP/1.1\r\n${head}${fields}\r\n`
const body = JSON.stringify({ user_id: randomUUID() })
const post = (fields: string, sent = body, target = '/api/user/create') =>
  `POST ${target} HTTP/1.1\r\n${head}Content-Type: application/json\r\n${fields}\r\n${sent}`
const chunked = (sent: string) => `${Buffer.byteLength(sent).toString(16)}\r\n${sent}\r\n0\r\n\r\n`
const sized = (fields: string, sent = body) =>
  post(`Content-Length: ${Buffer.byteLength(sent)}\r\n${fields}`, sent)

const invalid = [400, 'validation_failed']
const tooLarge = [431, 'validation_failed']
const nothing = [404, 'not_found']
const noMethod = [405, 'method_not_allowed']
const noMedia = [415, 'unsupported_media_type']

describe('what is no proper HTTP', () => {
  it.each<[string, string | Buffer, unknown]>([
    ['no Host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n', invalid],
    ['two Hosts', get('/livez', 'Host: evil.example\r\n'), invalid],
    ['a Host that is none', 'GET /livez HTTP/1.1\r\nHost: a b/<i>\r\nConnection: close\r\n\r\n', invalid],
    ['another version', 'GET /livez HTTP/3.7\r\n\r\n', invalid],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', invalid],
    ['TLS', Buffer.from('16030100a1010000', 'hex'), invalid],
    ['line feeds alone', 'GET /livez HTTP/1.1\nHost: x\n\n', invalid],
    ['a folded field', get('/livez', 'X-A: b\r\n c\r\n'), invalid],
    ['a blank before the colon', get('/livez', 'X-A : b\r\n'), invalid],
    ['NUL in a field', get('/livez', 'X-A: b\0c\r\n'), invalid],
    ['NUL in the address', get('/liv\0ez'), invalid],
    ['a blank in the address', get('/liv ez'), invalid],
    ['bytes above ASCII in the address', Buffer.from(get('/\xff'), 'latin1'), invalid],
    ['no address', 'GET  HTTP/1.1\r\nHost: x\r\n\r\n', invalid],
    ['a method that is none', 'BREW /livez HTTP/1.1\r\nHost: x\r\n\r\n', invalid],
    ['a field of 20 kB', get('/livez', `X-A: ${'b'.repeat(20_000)}\r\n`), tooLarge],
    [
      '3,000 fields',
      get('/livez', Array.from({ length: 3_000 }, (_, i) => `A${i}: b\r\n`).join('')),
      tooLarge,
    ],
    ['an address of 20 kB', get(`/${'a'.repeat(20_000)}`), tooLarge],
    ['an expectation', sized('Expect: magic\r\n'), [417, 'validation_failed']],
    ['CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\n${head}\r\n`, [405, 'validation_failed']],
  ])('%s is answered in JSON', async (_name, bytes, expected) => {
    expect((await exchange(api.url, bytes)).map(failureOf)).toEqual([expected])
  })

  it.each<[string, string]>([
    ['two lengths', post(`Content-Length: 5\r\nContent-Length: ${body.length}\r\n`)],
    ['two equal lengths', post(`Content-Length: ${body.length}\r\nContent-Length: ${body.length}\r\n`)],
    ['a negative length', post('Content-Length: -1\r\n')],
    ['a length beyond all numbers', post(`Content-Length: ${'9'.repeat(30)}\r\n`)],
    ['a length in hex', post('Content-Length: 0x10\r\n')],
    ['a length beside chunks', sized('Transfer-Encoding: chunked\r\n', chunked(body))],
    ['chunks that are none', post('Transfer-Encoding: xchunked\r\n', chunked(body))],
    ['chunks of another coding', post('Transfer-Encoding: gzip, chunked\r\n', chunked(body))],
    ['two codings', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', chunked(body))],
    ['chunks of no size', post('Transfer-Encoding: chunked\r\n', `zz\r\n${body}\r\n0\r\n\r\n`)],
    [
      'a chunk extension of 20 kB',
      post('Transfer-Encoding: chunked\r\n', `1;${'a'.repeat(20_000)}\r\n{\r\n`),
    ],
  ])('no second request hides behind %s', async (_name, bytes) => {
    const hidden = get('/api/sites')
    const all = await exchange(api.url, bytes + hidden)
    expect(all.map(failureOf)).toEqual([invalid])
  })

  it('a preflight of 100-continue, HTTP/1.0, an upgrade and a trailer are nothing wrong', async () => {
    const statuses = async (bytes: string) => (await exchange(api.url, bytes)).map(({ status }) => status)
    const create = JSON.stringify({ user_id: randomUUID() })
    expect(await statuses(sized('Expect: 100-continue\r\n', create))).toEqual([100, 201])
    expect(await statuses('GET /livez HTTP/1.0\r\n\r\n')).toEqual([200])
    const upgrade =
      'GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n'
    expect(await statuses(upgrade)).toEqual([200])
    const trailer = `2\r\n{}\r\n0\r\nX-User-ID: ${randomUUID()}\r\n\r\n`
    expect(await statuses(post('Transfer-Encoding: chunked\r\n', trailer))).toEqual([400])
  })
})

describe('addresses and methods', () => {
  it.each<[string, string, unknown]>([
    ['dots', '/api/../livez', nothing],
    ['dots above the root', '/api/user/../../../../etc/passwd', nothing],
    ['encoded dots', '/api/user/%2e%2e%2f%2e%2e%2fetc%2fpasswd', invalid],
    ['two slashes', '//livez', nothing],
    ['two slashes and a host', '//evil.example/api/sites', nothing],
    ['backslashes', '/api\\sites', nothing],
    ['a slash at the end', '/livez/', nothing],
    ['capitals', '/LIVEZ', nothing],
    ['a semicolon', '/livez;a=1', nothing],
    ['an address of another host', 'http://evil.example/api/nothing', nothing],
    ['an address of 15 kB', `/${'a'.repeat(15_000)}`, nothing],
    ['an encoded NUL', '/api/user/%00', invalid],
    ['an encoded NUL in a code', '/api/courses/abcd%00', invalid],
    ['an overlong encoding', '/api/courses/%c0%af', invalid],
    ['half of a surrogate pair', '/api/courses/%ed%a0%80', invalid],
    ['half of an encoding', '/api/courses/%4', invalid],
    ['a prototype in the query', '/api/rewrites/x?__proto__=1&constructor=2', invalid],
    ['one parameter twice', `/api/rewrites/${'a'.repeat(64)}?profile=a&profile=b`, invalid],
    ['a query of NULs', `/api/rewrites/${'a'.repeat(64)}?profile=%00%00`, invalid],
    ['constructor', '/api/constructor', nothing],
    ['__proto__', '/__proto__', nothing],
  ])('%s', async (_name, target, expected) => {
    expect((await exchange(api.url, get(target))).map(failureOf)).toEqual([expected])
  })

  it('gives its own page to who follows a course link that is none', async () => {
    for (const code of ['abcd%00', '%ff', 'a'.repeat(99), '..%2f..%2fx']) {
      const [answer] = await exchange(api.url, get(`/course/${code}`))
      expect([400, 404], code).toContain(answer?.status)
    }
  })

  it.each(['TRACE', 'QUERY', 'OPTIONS', 'PATCH', 'DELETE'])(
    'knows no %s of what can only be read',
    async (method) => {
      const [answer] = await exchange(api.url, `${method} /api/lectern.schema.json HTTP/1.1\r\n${head}\r\n`)
      expect(answer && failureOf(answer)).toEqual(noMethod)
    },
  )

  it.each(['PROPFIND', 'M-SEARCH', 'LINK'])('knows no %s at all', async (method) => {
    const [answer] = await exchange(api.url, `${method} /livez HTTP/1.1\r\n${head}\r\n`)
    expect([404, 405]).toContain(answer && failureOf(answer)[0])
  })

  it('takes the method from the request line alone', async () => {
    const learner = await newLearner(api.url, answers)
    for (const name of ['X-HTTP-Method-Override', 'X-Method-Override', 'X-HTTP-Method']) {
      const target = `/api/user/${learner}`
      const fields = `${name}: DELETE\r\nX-User-ID: ${learner}\r\n`
      const [answer] = await exchange(api.url, `POST ${target} HTTP/1.1\r\n${head}${fields}\r\n`)
      expect(answer && failureOf(answer)).toEqual(noMethod)
    }
    expect((await callApi(api.url, 'GET', `/api/user/${learner}`))[0]).toBe(200)
  })
})

describe('bodies', () => {
  const lengthy = (text: string) => text.repeat(Math.ceil(2 ** 18 / text.length))
  it.each<[string, string | Buffer, Record<string, string>, unknown]>([
    ['gzip', gzipSync(body), { 'content-encoding': 'gzip' }, noMedia],
    ['gzip twice', gzipSync(gzipSync(body)), { 'content-encoding': 'gzip, gzip' }, noMedia],
    ['a bomb', gzipSync(Buffer.alloc(2 ** 26)), { 'content-encoding': 'gzip' }, noMedia],
    ['a compression that is none', body, { 'content-encoding': 'br' }, noMedia],
    ['a type that is nearly right', body, { 'content-type': 'application/jsonx' }, noMedia],
    ['no type', Buffer.from(body), { 'content-type': '' }, noMedia],
    ['a type that is none', body, { 'content-type': ';;;' }, noMedia],
    ['another type', body, { 'content-type': 'application/x-www-form-urlencoded' }, noMedia],
    ['a type for files', body, { 'content-type': 'multipart/form-data; boundary=x' }, noMedia],
    ['bytes that are no UTF-8', Buffer.from('{"user_id":"\xff\xfe"}', 'latin1'), {}, invalid],
    ['UTF-16', Buffer.from(body, 'utf16le'), {}, invalid],
    ['a number that is none', '{"user_id":NaN}', {}, invalid],
    ['a poisoned constructor', '{"constructor":{"prototype":{"a":1}}}', {}, invalid],
    ['a poisoned prototype, escaped', '{"\\u005f_proto__":{"a":1}}', {}, invalid],
    ['a prototype deep inside', '{"user_id":{"a":[{"__proto__":{}}]}}', {}, invalid],
    ['deep lists', '['.repeat(2e5) + ']'.repeat(2e5), {}, invalid],
    ['deep objects', `${'{"user_id":'.repeat(2e4)}1${'}'.repeat(2e4)}`, {}, invalid],
    ['a long list', `[${lengthy('0,')}0]`, {}, invalid],
    ['many fields', `{${Array.from({ length: 30_000 }, (_, i) => `"f${i}":0`).join()}}`, {}, invalid],
    ['one field again and again', `{${lengthy('"user_id":1,')}"user_id":2}`, {}, invalid],
  ])('%s', async (_name, sent, headers, expected) => {
    const answer = await fetch(`${api.url}/api/user/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof sent === 'string' ? sent : new Uint8Array(sent),
    })
    const read = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    }
    expect(failureOf(read)).toEqual(expected)
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false)
  })

  it('names the field of a text that cannot be stored, or leaves out what cannot be', async () => {
    const { token } = await makeStaffToken(api)
    const site = { id: 'book', name: 'Book', patterns: ['https://book.org/*'], policy: 'allow' }
    const course = { name: 'Course', sites: [] }
    const learner = await newLearner(api.url, answers)
    for (const odd of ['a\0b', 'a\ud800', '\udc00a']) {
      for (const [method, path, body, field] of [
        ['POST', '/sites', { ...site, name: odd }, 'name'],
        ['POST', '/sites', { ...site, patterns: ['https://book.org/*', odd] }, 'patterns[1]'],
        ['PUT', '/sites/book', { ...site, id: undefined, ignore: [odd] }, 'ignore[0]'],
        ['PUT', '/courses/course', { ...course, name: odd }, 'name'],
      ] as const) {
        const answer = await callAsStaff(api, method, path, token, body)
        expect([answer.status, answer.body]).toEqual(
          failed(
            400,
            'validation_failed',
            field,
            /holds a NUL character or half of a surrogate pair: leave it out/,
          ),
        )
      }
      const lesson = { lesson_slug: odd, state: 'completed', seconds: 1, updated_at: '2025-11-20T08:30:00Z' }
      const kept = await callApi(api.url, 'PUT', '/api/progress', { learner, body: { lessons: [lesson] } })
      expect(kept).toMatchObject([
        200,
        { lessons: [{ lesson_slug: expect.stringMatching(/^[a-z\ufffd]+$/) }] },
      ])
    }
  })

  it.each([1_001, 100_000])('a list of %d things that must differ takes no time', async (length) => {
    const preferences = { user_id: randomUUID(), ...answers, learning_goals: Array(length).fill(0) }
    const before = process.cpuUsage()
    expect(await callApi(api.url, 'POST', '/api/onboarding', { body: preferences })).toEqual(
      failed(400, 'validation_failed', 'learning_goals'),
    )
    // To compare each with each took 20 s at 50,000. This test's own part is in it, too.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5)
  })

  it('refuses 50 MB, and a body without an end', async () => {
    const whole = new Uint8Array(50 * 2 ** 20).fill(0x20)
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(whole.subarray(0, 2 ** 20))
      },
    })
    for (const sent of [whole, endless]) {
      const headers = { 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: sent, duplex: 'half' }
      const answer = await fetch(`${api.url}/api/user/create`, init)
      expect([answer.status, await answer.json()]).toMatchObject([413, { error: 'payload_too_large' }])
    }
  })
})

describe('many requests on one connection', () => {
  it('are answered in their order', async () => {
    const targets = Array.from({ length: 200 }, (_, i) => `/api/courses/course-${i}`)
    const requests = targets.map((target) => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)
    const all = await exchange(api.url, requests.join('') + get('/livez'))
    expect(all.map(({ status }) => status)).toEqual([...targets.map(() => 404), 200])
    expect(new Set(all.map(({ headers }) => headers['x-request-id'])).size).toBe(201)
  })

  it('are worth nothing after one that is none', async () => {
    const all = await exchange(
      api.url,
      `GET /livez HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n${get('/livez')}`,
    )
    expect(all.map(({ status }) => status).at(-1)).toBe(400)
    expect(all.length).toBeLessThan(3)
  })
})

describe('who is slow', () => {
  /** The answers to what comes in these pieces, and then by a byte in half a second. */
  async function drip(start: string): Promise<[number, string][]> {
    const socket = await openSocket(api.url)
    const read = readToEnd(socket)
    socket.write(start)
    const timer = setInterval(() => socket.write('a'), 500)
    return (await read.finally(() => clearInterval(timer))).map(failureOf)
  }
  const late = [408, 'validation_failed']

  it('hears of it soon: with the head, with the body, silent or drop by drop', async () => {
    const half = 'GET /livez HTTP/1.1\r\nHost: x\r\nX-A: '
    const body = (framing: string) =>
      `POST /api/user/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`
    const length = body('Content-Length: 500000')
    const chunks = `${body('Transfer-Encoding: chunked')}ffff\r\n`
    const silent = (bytes: string) => exchange(api.url, bytes).then((all) => all.map(failureOf))
    const all = await Promise.all([
      silent(half),
      drip(half),
      silent(`${length}{`),
      drip(`${length}{`),
      silent(chunks),
      drip(chunks),
      silent(''),
    ])
    expect(all).toEqual(all.map(() => [late]))
    await expect.poll(() => openConnections()).toBe(0)
  })

  it('is waited for where the body goes on', async () => {
    const socket = await openSocket(api.url)
    const read = readToEnd(socket)
    const padded = body.padEnd(60_000)
    socket.write(
      `POST /api/user/create HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: ${padded.length}\r\n\r\n`,
    )
    for (let i = 0; i < 12; i++) {
      socket.write(padded.slice(i * 5_000, (i + 1) * 5_000))
      await wait(500)
    }
    expect((await read).map(({ status }) => status)).toEqual([201])
  })

  function openConnections(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>()
    api.app.server.getConnections((_error, count) => resolve(count))
    return promise
  }
})

it('believes nobody about where a request comes from', async () => {
  const strict = await startTestApi({ rates: { learner: 0, address: 0, creation: 2 } })
  const statuses: number[] = []
  for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'X-Client-IP', 'True-Client-IP'])
    for (const address of ['203.0.113.1', '203.0.113.2']) {
      const answer = await fetch(`${strict.url}/api/user/create`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [name]: name === 'Forwarded' ? `for=${address}` : address,
        },
        body: JSON.stringify({ user_id: randomUUID() }),
      })
      statuses.push(answer.status)
    }
  await strict.close()
  expect(statuses).toEqual([201, 201, ...Array(8).fill(429)])
})
