import { randomUUID } from 'node:crypto'
import { emptyReceipt } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../test-api.ts'
import { connect } from './database.ts'
import { createLearnerRecords } from './learner-records.ts'
import { createLearnerStore } from './learner-store.ts'
import { purgeRewrites } from './purge-rewrites.ts'
import { RewriteVotes } from './rewrite-votes.ts'
import { SiteLessons } from './site-lessons.ts'

const test = await openTestDatabase()
const other = connect(test.config)
const deleted: string[] = []
const options = {
  onDeleted: async (sections: readonly string[]) => void deleted.push(...sections),
  onFailure: (error: unknown) => {
    throw error
  },
}
const votes = new RewriteVotes(test.database, options)
const elsewhere = new RewriteVotes(other, options)
const hash = (digit: string) => digit.repeat(64)
const [profile, version] = [hash('a'), hash('b')]

afterAll(async () => {
  await other.close()
  await test.close()
})

beforeEach(async () => {
  deleted.length = 0
  await test.database.orm.execute(
    sql`truncate personalized_content_cache, rewrite_votes, lessons, site_lessons`,
  )
  for (const section of [hash('1'), hash('2'), hash('3')]) await store(section)
})

async function store(section: string, notice: string | null = null) {
  await test.database.orm.execute(sql`
    insert into personalized_content_cache
      (section_hash, profile_hash, version_hash, rewrite, receipt, model, notice, prompt_tokens, completion_tokens)
    values (${section}, ${profile}, ${version}, '{"blocks": [], "additions": []}',
      ${JSON.stringify(emptyReceipt)}::jsonb, 'm', ${notice}, 1, 1)`)
}

async function newLearner(): Promise<string> {
  const user_id = randomUUID()
  await createLearnerStore(test.database).create(user_id)
  return user_id
}

async function vote(user_id: string, sections = [hash('1'), hash('2')], box = votes, lesson = randomUUID()) {
  box.cast({ user_id, lesson, sections, profiles: [profile, hash('c')], version })
  await box.flush()
}

async function left(): Promise<string[]> {
  const rows = await test.database.orm.execute<{ hash: string }>(
    sql`select left(section_hash, 1) as hash from personalized_content_cache order by 1`,
  )
  return rows.map((row) => row.hash)
}

describe('votes', () => {
  it('of two learners delete a rewrite, the same learner counting once', async () => {
    const [one, two] = [await newLearner(), await newLearner()]
    await vote(one)
    await vote(one.toUpperCase())
    await vote(one, [hash('2')])
    expect([await left(), deleted]).toEqual([['1', '2', '3'], []])
    await vote(two, [hash('2'), hash('3')])
    expect([await left(), deleted]).toEqual([['1', '3'], [hash('2')]])
  })

  it('count anew for the rewrite that is made then', async () => {
    const [one, two, three] = [await newLearner(), await newLearner(), await newLearner()]
    await vote(one, [hash('1')])
    await vote(two, [hash('1')])
    await store(hash('1'))
    await vote(two, [hash('1')])
    expect(await left()).toEqual(['1', '2', '3'])
    await vote(three, [hash('1')])
    expect(await left()).toEqual(['2', '3'])
  })

  it('that come at once from two processes lose none and delete once', async () => {
    const learners = await Promise.all(Array.from({ length: 8 }, newLearner))
    await Promise.all(
      learners.map((user, i) => vote(user, [hash('2'), hash('1')], i % 2 ? votes : elsewhere)),
    )
    expect(await left()).toEqual(['3'])
    expect(deleted.toSorted()).toEqual([hash('1'), hash('2')])
  })

  it('of who is unknown do not count, nor those against samples', async () => {
    await store(hash('4'), 'sample')
    for (let i = 0; i < 3; i++) await vote(randomUUID())
    await vote(await newLearner(), [hash('4')])
    await vote(await newLearner(), [hash('4')])
    expect(await left()).toEqual(['1', '2', '3', '4'])
  })

  it('are exported and erased with the learner', async () => {
    const [one, two] = [await newLearner(), await newLearner()]
    await vote(one, [hash('1')])
    const records = createLearnerRecords(test.database)
    const exported = await records.list(one)
    expect(exported?.rewrite_votes).toMatchObject([{ section_hash: hash('1'), user_id: one }])
    await records.erase(one)
    await vote(two, [hash('1')])
    expect(await left()).toEqual(['1', '2', '3'])
  })
})

describe('a purge', () => {
  it("deletes a lesson's rewrites or a site's, and tells of which sections", async () => {
    const lessons = new SiteLessons(test.database, options.onFailure)
    await test.database.orm.execute(sql`insert into lessons (lesson_hash, section_hashes) values
      (${hash('d')}, ${`{${hash('1')}}`}), (${hash('e')}, ${`{${hash('2')},${hash('3')}}`})`)
    lessons.note('book', hash('e'))
    lessons.note('book', hash('e'))
    await lessons.flush()
    expect(await purgeRewrites(test.database, { lesson: hash('d') }, options.onDeleted)).toBe(1)
    expect([await left(), deleted]).toEqual([['2', '3'], [hash('1')]])
    expect(await purgeRewrites(test.database, { site: 'other' }, options.onDeleted)).toBe(0)
    expect(await purgeRewrites(test.database, { site: 'book' }, options.onDeleted)).toBe(2)
    expect(await left()).toEqual([])
  })
})
