import { emptyReceipt } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StoredRewrite } from '../rewriting/ports.ts'
import { openTestDatabase } from '../test-api.ts'
import { createRewriteStore } from './rewrite-store.ts'
import { storeRewrite } from './test-rewrites.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
let store: ReturnType<typeof createRewriteStore>
beforeAll(async () => {
  test = await openTestDatabase()
  store = createRewriteStore(test.database)
})
beforeEach(() => test.database.orm.execute(sql`truncate personalized_content_cache, lessons cascade`))
afterAll(() => test.close())

const hash = (digit: string) => digit.repeat(64)
const [profile, otherProfile, version, lesson] = [hash('a'), hash('b'), hash('c'), hash('d')]

function rewriteOf(section: string, change: Partial<StoredRewrite> = {}): StoredRewrite {
  return {
    key: { section, profile, version },
    blocks: [{ block: 1, status: 'rewritten', inline: 'A *quick* “اردو” \\$5 {{1}}' }],
    additions: [{ after: 0, kind: 'check', inline: 'Why?', answer: 'Because.' }],
    receipt: { ...emptyReceipt, rewritten: 1, additions: 1 },
    model: 'a-model',
    generated_at: new Date('2026-11-20T10:00:00.123Z'),
    prompt_tokens: 10,
    completion_tokens: 20,
    ...change,
  }
}

const save = (rewrite: StoredRewrite) => storeRewrite(test.database, rewrite)
const find = (sections: string[], profiles = [profile]) =>
  store.find({ hash: lesson, sections }, profiles, version)

describe('find', () => {
  it('gives what was saved, of these sections, profiles and version alone', async () => {
    const wanted = rewriteOf(hash('1'))
    const sample = rewriteOf(hash('2'), {
      notice: 'sample',
      key: { section: hash('2'), profile: otherProfile, version },
    })
    const others = [
      rewriteOf(hash('3')),
      rewriteOf(hash('1'), { key: { section: hash('1'), profile: hash('e'), version } }),
      rewriteOf(hash('1'), { key: { section: hash('1'), profile, version: hash('f') } }),
    ]
    for (const rewrite of [wanted, sample, ...others]) await save(rewrite)

    const { rewrites } = await find([hash('1'), hash('2'), hash('1'), hash('9')], [profile, otherProfile])
    expect(rewrites.toSorted((a, b) => a.key.section.localeCompare(b.key.section))).toMatchObject([
      wanted,
      sample,
    ])
    expect(await find([])).toEqual({ rewrites: [], lessonStored: false })
  })

  it('gives words with every mark and control character as they were saved', async () => {
    const inline = 'a "quote" \\ \t\u0001\u001e\u001f\u007f\u2028 اردو 😀'
    const wanted = rewriteOf(hash('1'), {
      model: 'a "model" \\ with \u0001',
      blocks: [{ block: 1, status: 'rewritten', inline }],
    })
    await save(wanted)
    const { rewrites } = await find([hash('1')])
    expect(rewrites).toMatchObject([wanted])
    expect(JSON.parse(`{${rewrites[0]?.json}}`)).toEqual({
      blocks: wanted.blocks,
      additions: wanted.additions,
      receipt: wanted.receipt,
    })
  })

  it('gives the name of a model with a blank for what parts rows and columns', async () => {
    await save(rewriteOf(hash('1'), { model: 'one\u001etwo\u001fthree' }))
    expect(await find([hash('1')])).toMatchObject({ rewrites: [{ model: 'one two three' }] })
  })

  it('keeps the rewrite that came first', async () => {
    await save(rewriteOf(hash('1'), { model: 'first' }))
    await save(rewriteOf(hash('1'), { model: 'second' }))
    expect(await find([hash('1')])).toMatchObject({ rewrites: [{ model: 'first' }] })
  })

  it('says whether the lesson is stored too', async () => {
    await save(rewriteOf(hash('1')))
    expect((await find([hash('1')])).lessonStored).toBe(false)
    await store.saveLesson(lesson, [hash('1')])
    expect((await find([hash('1')])).lessonStored).toBe(true)
  })

  it('takes a row that does not fit the schemas as missing, until another is stored in its place', async () => {
    await save(rewriteOf(hash('1')))
    await test.database.orm.execute(
      sql`update personalized_content_cache set rewrite = '{"blocks": [{"block": 0}], "additions": []}'`,
    )
    expect((await find([hash('1')])).rewrites).toEqual([])
    await save(rewriteOf(hash('1'), { model: 'second' }))
    expect((await find([hash('1')])).rewrites).toMatchObject([rewriteOf(hash('1'), { model: 'second' })])
  })
})

describe('findByLesson', () => {
  it('gives all sections in order, and what is stored of them', async () => {
    const sections = [hash('3'), hash('1'), hash('2'), hash('1')]
    await store.saveLesson(lesson, sections)
    await store.saveLesson(lesson, [hash('9')])
    const first = rewriteOf(hash('1'))
    await save(first)
    await save(rewriteOf(hash('2'), { key: { section: hash('2'), profile: hash('e'), version } }))

    const found = await store.findByLesson(lesson, [profile, otherProfile], version)
    expect(found).toMatchObject({ sections, rewrites: [first] })
    expect(found?.rewrites).toHaveLength(1)
  })

  it('names each section once where several of the profiles have it', async () => {
    await store.saveLesson(lesson, [hash('1'), hash('2')])
    await save(rewriteOf(hash('1')))
    await save(rewriteOf(hash('1'), { key: { section: hash('1'), profile: otherProfile, version } }))
    const found = await store.findByLesson(lesson, [profile, otherProfile], version)
    expect(found?.sections).toEqual([hash('1'), hash('2')])
    expect(found?.rewrites).toHaveLength(2)
  })

  it('gives the sections of a lesson of which nothing is stored, and nothing for an unknown one', async () => {
    await store.saveLesson(lesson, [hash('1')])
    expect(await store.findByLesson(lesson, [profile], version)).toEqual({
      sections: [hash('1')],
      rewrites: [],
    })
    expect(await store.findByLesson(hash('9'), [profile], version)).toBeUndefined()
  })
})
