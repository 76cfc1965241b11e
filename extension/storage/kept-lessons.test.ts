import { emptyReceipt, type PersonalizedLesson } from '@lectern/shared'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { database } from './database.ts'
import {
  addKeptLessons,
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

describe('lessons of another machine', () => {
  const exported = async () => {
    const kept = await readKeptLessons()
    await forgetKeptLessons()
    return kept
  }

  it('open here too, and are asked about as if the API had not said what they are', async () => {
    await keepLesson('a', { lesson: lessonOf(10), etag: '"tag"', title: 'Loops' })
    const theirs = await exported()
    await addKeptLessons(theirs)
    expect(await findKeptLesson('a')).toMatchObject({ lesson: lessonOf(10), title: 'Loops', etag: null })
  })

  it('take the place of none that is kept here', async () => {
    await keep('a', 500)
    const theirs = await exported()
    await keep('a')
    await addKeptLessons(theirs)
    expect(await findKeptLesson('a')).toMatchObject({ lesson: lessonOf(10) })
  })

  it('are bounded as this machine’s own, whatever their file says of their size and use', async () => {
    await keep('a', keptLimits.lesson * 0.9)
    const [a] = Object.values(await exported())
    const claims = { ...a, bytes: 1, used_at: Date.now() * 2 }
    await addKeptLessons(Object.fromEntries(Array.from('abcdefghijklmno', (key) => [key, claims])))
    const { lessons, bytes } = await sizeOfKeptLessons()
    expect(lessons).toBeGreaterThan(8)
    expect(bytes).toBeLessThanOrEqual(keptLimits.bytes)
    expect(bytes).toBeGreaterThan(keptLimits.bytes * 0.8)
    expect((await findKeptLesson((await keys())[0] ?? ''))?.used_at).toBeLessThanOrEqual(Date.now())
  })

  it('are left where they cannot be read, as those of another version', async () => {
    await keep('a')
    const theirs = await exported()
    await addKeptLessons({ b: { lesson: 'none' }, c: null, ...theirs })
    expect(await keys()).toEqual(['a'])
  })
})
