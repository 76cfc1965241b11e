import { describe, expect, it } from 'vitest'
import type { Lease } from './leases.ts'
import { type AnswerEnd, type Engine, EngineError, type StoredRewrite } from './ports.ts'
import { SectionFlights } from './section-flights.ts'
import { taskOf } from './testing/task-of.ts'

const task = taskOf('A loop repeats a part of a program.')
const payer = { learner: 'l' }
const keyOf = (section: number) => ({ section: String(section), profile: 'p', version: 'v' })

const lesson = (flights: SectionFlights) => ({ lane: flights.lane(), rank: 0, payer })

/** Flights over an engine that says this after a turn of the event loop, and how many of its answers ran at once. */
function flightsOver(say: (call: number) => string, engine: Partial<Engine> = {}, queue = 400) {
  const seen = {
    calls: 0,
    running: 0,
    most: 0,
    failed: 0,
    prepared: 0,
    cancelled: 0,
    isHeld: false,
    stored: [] as StoredRewrite[],
    failures: [] as unknown[],
  }
  async function* answer(): AsyncGenerator<string, AnswerEnd> {
    seen.calls += 1
    seen.running += 1
    seen.most = Math.max(seen.most, seen.running)
    try {
      await new Promise((resolve) => setTimeout(resolve, 5))
      yield say(seen.calls)
      return { reason: 'stop', prompt_tokens: 1, completion_tokens: 1 }
    } finally {
      seen.running -= 1
    }
  }
  const lease: Lease = {
    begun: [],
    publish: () => undefined,
    store: async (rewrite) => seen.stored.push(rewrite) > 0,
    end: async () => undefined,
    release: async () => undefined,
  }
  const flights = new SectionFlights({
    store: { find: async () => ({ rewrites: [], lessonStored: false }) },
    leases: {
      take: async () => (seen.isHeld ? { state: 'held' } : { state: 'leased', lease }),
      findMaking: async () => [],
      follow: () => {
        throw new Error('All leases are free here.')
      },
    },
    engine: { model: 'm', version: '1', answer, ...engine },
    meter: {
      charge: (its) => its,
      prepare: (its) => {
        seen.prepared += 1
        return { engine: its, cancel: () => (seen.cancelled += 1) }
      },
    },
    counter: {
      count: (_site, { failed = 0 }) => {
        seen.failed += failed
      },
    },
    limits: { overall: 3, perLesson: 40, queue },
    onFailure: (failure) => seen.failures.push(failure),
  })
  return { flights, seen }
}

const good = () => '@1 A loop does a part of a program again.'

describe('flights', () => {
  it('are one for each key, stored once', async () => {
    const { flights, seen } = flightsOver(good)
    const [one, other] = [
      flights.join(keyOf(1), task, lesson(flights)),
      flights.join(keyOf(1), task, lesson(flights)),
    ]
    expect(other).toBe(one)
    await one.result
    expect(flights.find(keyOf(1))).toBe(one)
    expect(seen).toMatchObject({ calls: 1, stored: [{ key: keyOf(1) }] })
  })

  it.each([
    ['the limit', {}, 3],
    ['what the engine can do', { atOnce: 1 }, 1],
  ])('run at once as many as %s allows', async (_, engine, most) => {
    const { flights, seen } = flightsOver(good, engine)
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => flights.join(keyOf(i), task, lesson(flights)).result),
    )
    expect(seen).toMatchObject({ calls: 12, most })
  })

  it('give their places back when they fail, and leave nothing behind', async () => {
    const { flights, seen } = flightsOver((call) => {
      if (call <= 6) throw new EngineError('upstream_failed', 'No.')
      return good()
    })
    const shared = lesson(flights)
    const all = Array.from({ length: 6 }, (_, i) => flights.join(keyOf(i), task, shared).result)
    expect((await Promise.allSettled(all)).every(({ status }) => status === 'rejected')).toBe(true)
    expect([seen.failures.length, seen.failed]).toEqual([6, 6])
    const again = Array.from({ length: 6 }, (_, i) => flights.join(keyOf(i), task, shared).result)
    expect(await Promise.all(again)).toHaveLength(6)
  })

  it('are paid for before their turn only where it is likely to come at once', async () => {
    const { flights, seen } = flightsOver(good)
    const shared = lesson(flights)
    const join = (rank: number) => flights.join(keyOf(rank), task, { ...shared, rank })
    const all = Array.from({ length: 8 }, (_, rank) => join(rank).result)
    expect(seen.prepared).toBe(3)
    await Promise.all(all)
    expect(seen).toMatchObject({ calls: 8, prepared: 3 })
  })

  it('give back what was paid where another process makes them', async () => {
    const { flights, seen } = flightsOver(good)
    seen.isHeld = true
    const flight = flights.join(keyOf(1), task, lesson(flights))
    await expect(flight.result).rejects.toThrow()
    expect(seen.calls).toBe(0)
    expect(seen.prepared).toBe(1)
    expect(seen.cancelled).toBeGreaterThan(0)
  })

  it('are refused where the queue is full, and only those', async () => {
    const { flights } = flightsOver(good, {}, 2)
    const all = Array.from({ length: 8 }, (_, i) => flights.join(keyOf(i), task, lesson(flights)).result)
    const settled = await Promise.allSettled(all)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3 + 2)
    for (const one of settled)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'overloaded', retryAfter: 30 })
  })

  it('that are not worth storing are made again by the next', async () => {
    const two = taskOf(...task.section.blocks, ...task.section.blocks)
    const { flights, seen } = flightsOver((call) => (call > 2 ? `${good()}\n@2 =` : good()))
    const { receipt } = await flights.join(keyOf(1), two, lesson(flights)).result
    expect([receipt.restored, seen.stored]).toEqual([1, []])
    await expect.poll(() => flights.find(keyOf(1))).toBeUndefined()
    await flights.join(keyOf(1), two, lesson(flights)).result
    expect(seen).toMatchObject({ calls: 3, stored: [{ receipt: { restored: 0 } }] })
  })

  it('end with the process, those that wait too, without a word of failure', async () => {
    const { flights, seen } = flightsOver(good, {
      async *answer(_task, signal): AsyncGenerator<string, AnswerEnd> {
        signal.throwIfAborted()
        return await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      },
    })
    const all = Array.from({ length: 8 }, (_, i) => flights.join(keyOf(i), task, lesson(flights)).result)
    await flights.close()
    expect((await Promise.allSettled(all)).every(({ status }) => status === 'rejected')).toBe(true)
    expect(seen).toMatchObject({ failures: [], stored: [] })
  })
})
