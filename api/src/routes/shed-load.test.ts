import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startTestApi } from '../test-api.ts'
import { lessonBlocks, startLessonApi, upload } from './testing/lesson-api.ts'

const none = { rssBytes: 0, eventLoopDelayMs: 0, graceMs: 0 }

describe('a process that has too much to do', () => {
  it.each([
    ['too little memory', { ...none, rssBytes: 1 }],
    ['turns that take too long', { ...none, eventLoopDelayMs: 0.000_001 }],
  ])('turns requests away with a time to come again: %s', async (_why, pressure) => {
    const api = await startTestApi({ pressure })
    onTestFinished(api.close)
    const ask = () => fetch(`${api.url}/api/sites`)
    // What the process has left is looked at once a second.
    await expect.poll(async () => (await ask()).status, { timeout: 30_000, interval: 200 }).toBe(503)
    const refused = await ask()
    expect(await refused.json()).toEqual({
      error: 'overloaded',
      message: expect.stringMatching(/try again in a few seconds\.$/),
      retry_after: 5,
    })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(refused.headers.get('x-request-id')).toBeTruthy()
    expect((await fetch(`${api.url}/livez`)).status).toBe(200)
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200)
    expect(await api.metrics.registry.metrics()).toMatch(/lectern_refused_total\{reason="pressure"\} [1-9]/)
  })
})

describe('500 connections that do nothing, and readers that take nothing', () => {
  it('keep nobody else from being served, and leave nothing behind', async () => {
    const { api, close, learner, personalize } = await startLessonApi()
    onTestFinished(close)
    // To open them all may take longer here than a silent connection is kept.
    api.app.server.headersTimeout = 300_000
    const { port } = new URL(api.url)
    const idle = await Promise.all(Array.from({ length: 500 }, () => opened(Number(port))))
    const readers = await Promise.all(Array.from({ length: 50 }, () => opened(Number(port))))
    const user = await learner()
    const lesson = upload(lessonBlocks())
    await personalize(user, lesson)
    const body = JSON.stringify(lesson)
    // Each asks a hundred times for a lesson and never reads.
    const request =
      `POST /api/personalize HTTP/1.1\r\nHost: x\r\nX-User-ID: ${user}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    for (const socket of readers) socket.pause().write(request.repeat(100))

    const before = process.memoryUsage().rss
    for (let i = 0; i < 20; i++) expect((await personalize(user, lesson)).sections).toHaveLength(4)
    expect(await api.metrics.registry.metrics()).toMatch(/lectern_connections 55[0-9]/)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20)

    for (const socket of [...idle, ...readers]) socket.destroy()
    await expect
      .poll(() => new Promise((resolve) => api.app.server.getConnections((_, count) => resolve(count))), {
        timeout: 20_000,
      })
      .toBeLessThan(10)
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200)
  })

  it('are closed when no request comes', async () => {
    const api = await startTestApi()
    onTestFinished(api.close)
    expect(api.app.server).toMatchObject({
      headersTimeout: 4_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 72_000,
      maxRequestsPerSocket: 10_000,
      maxConnections: 10_000,
    })
    api.app.server.headersTimeout = 50
    const silent = await opened(Number(new URL(api.url).port))
    silent.resume()
    await once(silent, 'close')
  })
})

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}
