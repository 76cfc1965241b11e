import { describe, expect, it } from 'vitest'
import { FairQueue, type Lane, type Place } from './fair-queue.ts'

/** A queue, and the names of those who were let in, in order. */
function queueOf(limits: Partial<ConstructorParameters<typeof FairQueue>[0]> = {}) {
  const queue = new FairQueue({ overall: 2, perLesson: 40, queue: 1000, ...limits })
  const placed: string[] = []
  const places = new Map<string, Place>()
  const enter = (lane: Lane, name: string, rank = 0): boolean => {
    const place = queue.enter(lane, rank)
    if (place === undefined) return false
    places.set(name, place)
    void place.granted.then(() => placed.push(name))
    return true
  }
  const leave = async (name: string) => {
    places.get(name)?.leave()
    await settle()
  }
  return { queue, placed, places, enter, leave }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the fair queue', () => {
  it("does not let a long lesson keep another's first section waiting", async () => {
    const { queue, placed, enter, leave } = queueOf()
    const [long, short] = [queue.lane(), queue.lane()]
    for (let i = 1; i <= 40; i++) enter(long, `long ${i}`, i)
    enter(short, 'short 1', 1)
    enter(short, 'short 2', 2)
    await settle()
    await leave('long 1')
    await leave('long 2')
    await leave('long 3')
    await leave('short 1')
    expect(placed).toEqual(['long 1', 'long 2', 'long 3', 'short 1', 'long 4', 'short 2'])
  })

  it('keeps to the places of a lesson, and leaves the others to those who come', async () => {
    const { queue, placed, enter, leave } = queueOf({ overall: 4, perLesson: 2 })
    const [one, other] = [queue.lane(), queue.lane()]
    for (let i = 1; i <= 4; i++) enter(one, `one ${i}`, i)
    enter(other, 'other 1')
    await settle()
    expect(placed).toEqual(['one 1', 'one 2', 'other 1'])
    await leave('other 1')
    await leave('one 2')
    expect(placed.slice(3)).toEqual(['one 3'])
  })

  it('goes by rank within a lesson, whenever one came', async () => {
    const { queue, placed, enter, leave } = queueOf({ overall: 1 })
    const lane = queue.lane()
    for (const rank of [9, 5, 7, 6, 1]) enter(lane, `${rank}`, rank)
    await settle()
    for (const name of ['9', '1', '5', '6']) await leave(name)
    expect(placed).toEqual(['9', '1', '5', '6', '7'])
  })

  it('lets in by whichever lane comes first, once', async () => {
    const { queue, placed, places, enter, leave } = queueOf({ overall: 1, perLesson: 1 })
    const [first, second] = [queue.lane(), queue.lane()]
    for (const name of ['a', 'b', 'c']) enter(first, name, 1)
    queue.join(second, places.get('c') as Place, 0)
    await settle()
    await leave('a')
    await leave('c')
    await leave('b')
    expect(placed).toEqual(['a', 'c', 'b'])
  })

  it('refuses who would wait when it is full, and nobody else', async () => {
    const { queue, placed, enter, leave } = queueOf({ overall: 2, perLesson: 1, queue: 2 })
    const lanes = Array.from({ length: 4 }, () => queue.lane())
    const [one, two, three, four] = lanes as [Lane, Lane, Lane, Lane]
    expect([enter(one, 'a'), enter(one, 'b'), enter(one, 'c'), enter(one, 'd')]).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect([enter(two, 'e'), enter(three, 'f')]).toEqual([true, false])
    await leave('b') // gives up
    expect(enter(four, 'g')).toBe(true)
    for (const name of ['a', 'e', 'g', 'c']) await leave(name)
    expect(placed).toEqual(['a', 'e', 'g', 'c'])
  })

  it('gives every place back, whatever happens to who waits', async () => {
    const { queue, enter, leave, placed } = queueOf({ overall: 3, perLesson: 2 })
    const lanes = Array.from({ length: 5 }, () => queue.lane())
    for (const [l, lane] of lanes.entries()) for (let i = 0; i < 9; i++) enter(lane, `${l}.${i}`, i)
    for (let i = 0; i < 9; i += 2) await leave(`1.${i}`)
    for (let at = 0; at < placed.length; at++) {
      await leave(placed[at] ?? '')
      await leave(placed[at] ?? '') // twice is once
    }
    expect(new Set(placed).size).toBe(placed.length)
    expect(placed).toHaveLength(5 * 9 - 4) // 1.0 had its place
  })
})
