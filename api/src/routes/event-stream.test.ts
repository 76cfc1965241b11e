import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { StreamEvent } from '@lectern/shared'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loggerOptions } from '../logging.ts'
import { EventReadable } from './event-readable.ts'
import { sendEvents } from './event-stream.ts'

const block = (section: number, inline = 'some words'): StreamEvent => ({
  event: 'block',
  data: { section, block: 1, status: 'rewritten', inline },
})

async function* count(
  most: number,
  after: () => unknown = () => undefined,
): AsyncGenerator<StreamEvent, void> {
  try {
    for (let i = 1; i <= most; i++) yield block(i)
  } finally {
    after()
  }
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

describe('events as a stream', () => {
  it('leave together where they are there together', async () => {
    const pieces = await new EventReadable(count(1000), 1000).toArray()
    const text = pieces.join('')
    expect(text.match(/^event: block$/gm)).toHaveLength(1000)
    expect(pieces.length).toBeLessThan(text.length / 8_000)
  })

  it('leave at once where the next one has to be waited for', async () => {
    const gate = Promise.withResolvers<void>()
    async function* slow(): AsyncGenerator<StreamEvent, void> {
      yield block(1)
      await gate.promise
      yield block(2)
    }
    const stream = new EventReadable(slow(), 1000)
    const [first] = (await once(stream, 'data')) as [Buffer]
    expect(String(first)).toContain('"section":1')
    gate.resolve()
    const [second] = (await once(stream, 'data')) as [Buffer]
    expect(String(second)).toContain('"section":2')
  })

  it('have comments between them while they are waited for', async () => {
    const gate = Promise.withResolvers<void>()
    // biome-ignore lint/correctness/useYield: a source that is silent to its end
    async function* none(): AsyncGenerator<StreamEvent, void> {
      await gate.promise
    }
    const stream = new EventReadable(none(), 5)
    const [comment] = (await once(stream, 'data')) as [Buffer]
    expect(String(comment)).toBe(': still at it\n\n')
    gate.resolve()
    await stream
      .resume()
      .once('end', () => undefined)
      .toArray()
  })

  it('are not taken from their source while nobody takes them', async () => {
    let made = 0
    async function* many(): AsyncGenerator<StreamEvent, void> {
      for (;;) yield block(++made)
    }
    const stream = new EventReadable(many(), 1000)
    stream.read(0)
    await expect.poll(() => made).toBeGreaterThan(10)
    let taken = 0
    while (taken !== made) {
      taken = made
      await delay(50)
    }
    expect(stream.readableLength).toBeLessThan(40_000)
    stream.destroy()
  })

  it('leave no timer and no open source behind, ended or destroyed', async () => {
    const before = timers()
    let closed = 0
    const streams = Array.from(
      { length: 20 },
      () =>
        new EventReadable(
          count(5, () => (closed += 1)),
          1000,
        ),
    )
    expect(timers()).toBe(before + 20)
    for (const [i, stream] of streams.entries()) {
      if (i % 2 === 0) await stream.toArray()
      else stream.read(0)
      stream.destroy()
    }
    await expect.poll(() => closed).toBe(20)
    await expect.poll(timers).toBeLessThanOrEqual(before)
  })

  it('end with the failure of their source', async () => {
    // biome-ignore lint/correctness/useYield: a source that fails before it gives anything
    async function* broken(): AsyncGenerator<StreamEvent, void> {
      throw new Error('broken')
    }
    await expect(new EventReadable(broken(), 1000).toArray()).rejects.toThrow('broken')
  })
})

describe('a reader', async () => {
  const log: string[] = []
  const logger = loggerOptions('warn', { write: (line) => void log.push(line) }) ?? false
  const app: FastifyInstance = Fastify({ forceCloseConnections: true, logger })
  let made = 0
  let closed = 0
  async function* endless(): AsyncGenerator<StreamEvent, void> {
    try {
      for (;;) {
        yield block(++made, 'x'.repeat(10_000))
        if (made % 10 === 0) await delay(1)
      }
    } finally {
      closed += 1
    }
  }
  app.get('/endless', (request, reply) =>
    sendEvents(request, reply, endless(), { heartbeatMs: 20, patienceMs: 2_000 }),
  )
  const address = new URL(await app.listen({ port: 0 }))
  const open = () => {
    const socket = connect(Number(address.port), address.hostname)
    socket.on('error', () => undefined)
    socket.write('GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n')
    return socket
  }
  beforeEach(() => {
    made = 0
    closed = 0
  })
  afterAll(() => app.close())

  it('who takes nothing is closed, with the reason in the log', async () => {
    const socket = open().pause()
    await expect.poll(() => closed).toBe(1)
    // What the system's own buffers hold is a few megabytes.
    expect(made * 10_000).toBeLessThan(30_000_000)
    expect(log.map((line) => JSON.parse(line) as object)).toMatchObject([{ reason: 'slow_reader' }])
    socket.destroy()
  })

  it('who leaves takes nothing along', async () => {
    const before = timers()
    const sockets = Array.from({ length: 20 }, open)
    await Promise.all(sockets.map((socket) => once(socket, 'data')))
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => closed).toBe(20)
    await expect.poll(timers).toBeLessThanOrEqual(before)
  })
})
