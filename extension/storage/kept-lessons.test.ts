import { emptyReceipt, type PersonalizedLesson } from '@lectern/shared'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { database } from './database.ts'
import {
  findKeptLesson,
  forgetKeptLessons,
  keepLesson,
  keptLimits,
  readKeptLessons,
  sizeOfKeptLessons,
} from './kept-lessons.ts'
import './testing/database.ts'

afterEach(() => vi.useRealTimers())

/** A rewrite of about so many bytes. */
const lessonOf = (bytes: number): PersonalizedLesson => ({
  lesson_hash: 'a'.repeat(64),
  receipt: emptyReceipt,
  sections: [
    {
      section: 1,
      hash: 'b'.repeat(64),
      blocks: Array.from({ length: Math.ceil(bytes / 100_000) }, (_, i) => ({
        block: i + 1,
        status: 'rewritten' as const,
        inline: 'x'.repeat(Math.min(bytes, 99_900)),
      })),
      additions: [],
      receipt: emptyReceipt,
      model: 'm',
      cached: false,
      generated_at: '2026-11-20T00:00:00.000Z',
    },
  ],
})
const keep = (key: string, bytes = 10) => keepLesson(key, { lesson: lessonOf(bytes), etag: null, title: key })
const keys = async () => Object.keys(await readKeptLessons()).sort()

describe('kept lessons', () => {
  it('are found under their keys', async () => {
    await keep('a')
    expect(await findKeptLesson('a')).toMatchObject({ lesson: lessonOf(10), title: 'a' })
    expect(await findKeptLesson('b')).toBeUndefined()
    expect(await sizeOfKeptLessons()).toMatchObject({ lessons: 1, bytes: expect.any(Number) })
    await forgetKeptLessons()
    expect(await sizeOfKeptLessons()).toEqual({ lessons: 0, bytes: 0 })
  })

  it('are let go when they are too much, those first that were not looked at for longest', async () => {
    const large = Math.floor(keptLimits.lesson * 0.9)
    vi.useFakeTimers({ toFake: ['Date'], now: 1000 })
    const tick = () => vi.setSystemTime(Date.now() + 1000)
    for (const key of 'abcdefghijk') {
      await keep(key, large)
      tick()
    }
    await findKeptLesson('a')
    tick()
    await keep('l', large)
    const left = await keys()
    expect(left).toContain('a')
    expect(left).not.toContain('b')
    expect((await sizeOfKeptLessons()).bytes).toBeLessThanOrEqual(keptLimits.bytes)
    expect(left.length).toBeGreaterThan(9)
  })

  it('are let go when nobody looked at them for a quarter of a year', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1000 })
    await keep('a')
    vi.setSystemTime(keptLimits.age + 2000)
    await keep('b')
    expect(await keys()).toEqual(['b'])
  })

  it('are none that is larger than a lesson can be', async () => {
    await keep('a', keptLimits.lesson + 100_000)
    expect(await keys()).toEqual([])
  })

  it('are forgotten where they cannot be read', async () => {
    await (await database()).put('lessons', { lesson: 'none' } as never, 'a')
    expect(await findKeptLesson('a')).toBeUndefined()
    expect(await keys()).toEqual([])
  })
})
