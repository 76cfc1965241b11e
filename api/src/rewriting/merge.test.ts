import { describe, expect, it } from 'vitest'
import { merge } from './merge.ts'

async function* count(most: number, gate?: Promise<void>): AsyncGenerator<number, void> {
  await gate
  for (let i = 1; i <= most; i++) yield i
}

describe('merged streams', () => {
  it('give every item, each as soon as its stream has it', async () => {
    const gate = Promise.withResolvers<void>()
    const merged = merge([count(2, gate.promise), count(3)])
    const items: (number | undefined)[] = []
    for (let i = 0; i < 3; i++) items.push((await merged.next()).value ?? undefined)
    expect(items).toEqual([1, 2, 3])
    gate.resolve()
    for await (const item of merged) items.push(item)
    expect(items).toEqual([1, 2, 3, 1, 2])
  })

  it('end with none, and with the failure of one', async () => {
    expect((await merge([]).next()).done).toBe(true)
    // biome-ignore lint/correctness/useYield: a stream that fails before it gives anything
    async function* broken(): AsyncGenerator<number, void> {
      throw new Error('broken')
    }
    const toEnd = async () => {
      for await (const _ of merge([count(9), broken()]));
    }
    await expect(toEnd()).rejects.toThrow('broken')
  })

  it('are asked for no more than one item ahead, and ended when the reader leaves', async () => {
    const given: number[] = []
    const ended = Promise.withResolvers<void>()
    async function* watched(): AsyncGenerator<number, void> {
      try {
        for (let i = 1; ; i++) {
          given.push(i)
          yield i
        }
      } finally {
        ended.resolve()
      }
    }
    for await (const item of merge([watched()])) if (item === 3) break
    await ended.promise
    expect(given.length).toBeLessThanOrEqual(4)
  })

  it('of a long lesson cost no time for those that wait', async () => {
    const gate = Promise.withResolvers<void>()
    const merged = merge(Array.from({ length: 400 }, (_, i) => count(60, i % 2 ? gate.promise : undefined)))
    const started = process.cpuUsage()
    for (let i = 0; i < 200 * 60; i++) await merged.next()
    expect(process.cpuUsage(started).user).toBeLessThan(300_000)
    gate.resolve()
    let rest = 0
    for await (const _ of merged) rest++
    expect(rest).toBe(200 * 60)
  })
})
