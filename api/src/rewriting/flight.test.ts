import { describe, expect, it } from 'vitest'
import { Flight } from './flight.ts'

async function collect<T>(watch: AsyncGenerator<T, void>): Promise<T[]> {
  const all: T[] = []
  for await (const step of watch) all.push(step)
  return all
}

describe('a flight', () => {
  it('gives every watcher everything, however late it comes', async () => {
    const gate = Promise.withResolvers<void>()
    async function* work() {
      yield 1
      await gate.promise
      yield 2
      return 'done'
    }
    const flight = new Flight(work())
    const early = collect(flight.watch())
    await flight.watch().next()
    gate.resolve()
    expect(await flight.result).toBe('done')
    expect(await early).toEqual([1, 2])
    expect(await collect(flight.watch())).toEqual([1, 2])
  })

  it('runs on when its watcher leaves', async () => {
    async function* work() {
      yield 1
      yield 2
      return 3
    }
    const flight = new Flight(work())
    for await (const _ of flight.watch()) break
    expect(await flight.result).toBe(3)
  })

  it('ends its watchers when it fails and tells why by its result', async () => {
    // biome-ignore lint/correctness/useYield: a work that fails before it gives anything
    async function* work(): AsyncGenerator<number, void> {
      throw new Error('broken')
    }
    const flight = new Flight(work())
    expect(await collect(flight.watch())).toEqual([])
    await expect(flight.result).rejects.toThrow('broken')
  })
})
