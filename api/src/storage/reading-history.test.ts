import { randomUUID } from 'node:crypto'
import { emptyReceipt } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StoredRewrite } from '../rewriting/ports.ts'
import { openTestDatabase } from '../test-api.ts'
import { createLearnerStore } from './learner-store.ts'
import { ReadingHistory } from './reading-history.ts'
import { createRewriteStore } from './rewrite-store.ts'
import { userLessons } from './tables.ts'
import { storeRewrite } from './test-rewrites.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
let history: ReadingHistory
beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(async () => {
  await test.database.orm.execute(
    sql`truncate users, user_lessons, lessons, personalized_content_cache cascade`,
  )
  history = new ReadingHistory(test.database)
})
afterAll(() => test.close())

const hash = (digit: string) => digit.repeat(64)
const [profile, otherProfile, version] = [hash('a'), hash('b'), hash('c')]

async function newLearner(): Promise<string> {
  const id = randomUUID()
  await createLearnerStore(test.database).create(id)
  return id
}

async function store(lesson: string, sections: string[], change: Partial<StoredRewrite> = {}): Promise<void> {
  const rewrites = createRewriteStore(test.database)
  await rewrites.saveLesson(lesson, sections)
  for (const section of sections)
    await storeRewrite(test.database, {
      key: { section, profile, version },
      blocks: [],
      additions: [],
      receipt: emptyReceipt,
      model: 'a-model',
      generated_at: new Date(),
      prompt_tokens: 0,
      completion_tokens: 0,
      ...change,
    })
}

function read(user_id: string, lesson: string, change: { profiles?: string[]; lesson_slug?: string } = {}) {
  history.record({
    user_id,
    lesson,
    lesson_slug: 'a-slug',
    profiles: [profile, otherProfile],
    version,
    ...change,
  })
}

const readings = () => test.database.orm.select().from(userLessons)

async function storedSections(): Promise<string[]> {
  const rows = await test.database.orm.execute<{ hash: string }>(
    sql`select distinct left(section_hash, 1) as hash from personalized_content_cache order by 1`,
  )
  return rows.map((row) => row.hash)
}

describe('record', () => {
  it('writes nothing until the flush, then each reading once with its latest slug and time', async () => {
    const learner = await newLearner()
    read(learner, hash('1'), { lesson_slug: 'first' })
    read(learner.toUpperCase(), hash('1'), { lesson_slug: 'second' })
    read(learner, hash('2'))
    expect(await readings()).toEqual([])

    await history.flush()
    const rows = await readings()
    expect(new Map(rows.map((row) => [row.lesson_hash, row.lesson_slug]))).toEqual(
      new Map([
        [hash('1'), 'second'],
        [hash('2'), 'a-slug'],
      ]),
    )
    expect(rows[0]).toMatchObject({
      user_id: learner,
      version_hash: version,
      profile_hashes: [profile, otherProfile],
    })

    read(learner, hash('1'), { lesson_slug: 'third' })
    await history.close()
    const again = (await readings()).find((row) => row.lesson_slug === 'third')
    expect(again?.last_read_at.getTime()).toBeGreaterThan(again?.first_read_at.getTime() ?? Infinity)
  })

  it('is written 5 s later by itself', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const learner = await newLearner()
    const write = vi.spyOn(test.database, 'write')
    read(learner, hash('1'))
    vi.advanceTimersByTime(4_999)
    await Promise.resolve()
    expect(write).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    vi.useRealTimers()
    await expect.poll(readings).toHaveLength(1)
    expect(write).toHaveBeenCalledOnce()
    write.mockRestore()
  })

  it('leaves out a learner who is gone, and cleans slugs that PostgreSQL would refuse', async () => {
    const learner = await newLearner()
    read(randomUUID(), hash('1'))
    read(learner, hash('1'), { lesson_slug: 'a\u0000b\ud800' })
    await history.flush()
    expect((await readings()).map((row) => row.lesson_slug)).toEqual(['ab\ufffd'])
  })

  it('keeps what could not be written for the next time', async () => {
    const learner = await newLearner()
    await test.database.orm.execute(sql`alter table user_lessons rename to away`)
    read(learner, hash('1'))
    await expect(history.flush()).rejects.toThrow()
    await test.database.orm.execute(sql`alter table away rename to user_lessons`)
    await history.flush()
    expect(await readings()).toHaveLength(1)
  })

  it('notes the day of last use of the rewrites that were read', async () => {
    const learner = await newLearner()
    await store(hash('1'), [hash('1'), hash('2')])
    await store(hash('3'), [hash('3')])
    const lastUse = () =>
      test.database.orm.execute(sql`select left(section_hash, 1) as hash,
        last_used_at > now() - interval '1 hour' as lately from personalized_content_cache order by 1`)
    await test.database.orm.execute(sql`update personalized_content_cache set last_used_at = '2026-01-01'`)
    read(learner, hash('1'))
    await history.flush()
    expect(await lastUse()).toEqual([
      { hash: '1', lately: true },
      { hash: '2', lately: true },
      { hash: '3', lately: false },
    ])
  })
})

describe('clear', () => {
  it('deletes the history and the rewrites that nobody else used, what is pending included', async () => {
    const [learner, other] = [await newLearner(), await newLearner()]
    await store(hash('1'), [hash('1'), hash('2')])
    await store(hash('3'), [hash('2'), hash('3')])
    await store(hash('4'), [hash('4')])
    read(learner, hash('1'))
    await history.flush()
    read(other, hash('3'))

    // One reading, and section 1: section 2 stands in the other's lesson, 3 and 4 were never this learner's.
    expect(await history.clear(learner)).toBe(2)
    expect(await storedSections()).toEqual(['2', '3', '4'])
    expect(await readings()).toMatchObject([{ user_id: other }])
    expect(await history.clear(learner)).toBe(0)
    expect(await history.clear(other)).toBe(3)
    expect(await storedSections()).toEqual(['4'])
  })

  it('counts a reading that was not written yet', async () => {
    const learner = await newLearner()
    await store(hash('1'), [hash('1')])
    read(learner, hash('1'))
    expect(await history.clear(learner)).toBe(2)
    expect(await storedSections()).toEqual([])
  })

  it('takes another profile’s or version’s reader for none of a rewrite, and keeps samples', async () => {
    const [learner, other] = [await newLearner(), await newLearner()]
    await store(hash('1'), [hash('1')])
    await store(hash('2'), [hash('2')], { notice: 'sample' })
    read(learner, hash('1'))
    read(learner, hash('2'))
    read(other, hash('1'), { profiles: [hash('e')] })
    history.record({
      user_id: other,
      lesson: hash('1'),
      lesson_slug: 's',
      profiles: [profile],
      version: hash('f'),
    })
    expect(await history.clear(learner)).toBe(3)
    expect(await storedSections()).toEqual(['2'])
    expect(await readings()).toHaveLength(2)
  })
})
