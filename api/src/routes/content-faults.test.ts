import { randomUUID } from 'node:crypto'
import type { Block, PersonalizedLesson } from '@lectern/shared'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultKind } from '../../load/stand-in-model.ts'
import { personalizedContentCache } from '../storage/rewrite-tables.ts'
import { allCached, events, shortPatience, startLessonApi, stream, upload } from './testing/lesson-api.ts'

const { api, close, learner, model, personalize, send } = await startLessonApi({}, {}, shortPatience)
beforeEach(() => model.configure({}))
afterAll(close)

/** A section of its own with a heading and four paragraphs, of which so many hold code. */
function lessonOf({ withCode }: { withCode: number }) {
  const topic = randomUUID().replace(/[^a-z]/g, '')
  const sentences = [
    `A loop on ${topic} does a part of a program again until its condition fails`,
    'Every pass through the body may change what the condition looks at',
    'Where nothing changes the condition, the program never comes to its end',
    'Most languages offer another form that visits each element of a list in turn',
  ]
  const blocks: Block[] = [
    { kind: 'heading', level: 2, text: 'Loops' },
    ...sentences.map(
      (sentence, i): Block => ({
        kind: 'paragraph',
        text: i < withCode ? `${sentence}, as \`for\` does.` : `${sentence}.`,
      }),
    ),
  ]
  return upload(blocks)
}

/** What is stored of a lesson of one section. */
async function stored({ sections }: ReturnType<typeof upload>) {
  const table = personalizedContentCache
  return await api.database.orm
    .select()
    .from(table)
    .where(eq(table.section_hash, sections[0]?.hash ?? ''))
}

describe('what a model answers wrongly', () => {
  it.each<[FaultKind, expected: 'fails' | 'is a rewrite']>([
    ['garbage', 'fails'],
    ['empty', 'fails'],
    ['no_markers', 'fails'],
    ['length', 'fails'],
    ['wrong_script', 'fails'],
    ['wrong_language', 'fails'],
    ['swap_blocks', 'fails'],
    ['drop_atoms', 'is a rewrite'],
  ])('%s every time: it %s, and is not kept', async (kind, expected) => {
    const user = await learner()
    const lesson = lessonOf({ withCode: 4 })
    model.configure({ faults: [{ kind, times: 99 }] })
    const answer = await send('POST', '/api/personalize', user, lesson)
    if (expected === 'fails') {
      expect([answer.status, await answer.json()]).toMatchObject([502, { error: 'upstream_failed' }])
    } else {
      const { receipt, sections } = (await answer.json()) as PersonalizedLesson
      expect(receipt.rewritten + receipt.kept + receipt.folded + receipt.restored).toBe(5)
      expect(receipt.restored).toBeGreaterThan(1)
      const statuses = sections.flatMap(({ blocks }) => blocks.map(({ status }) => status))
      expect(receipt.rewritten).toBe(statuses.filter((status) => status === 'rewritten').length)
      expect(receipt.restored).toBe(statuses.filter((status) => status === 'restored').length)
    }
    expect(await stored(lesson)).toEqual([])
    model.configure({})
    expect((await personalize(user, lesson)).receipt).toMatchObject({ restored: 0, rewritten: 4 })
    expect(await stored(lesson)).toHaveLength(1)
  })

  it.each<FaultKind>(['drop_block', 'drop_atoms', 'swap_blocks', 'wrong_language'])(
    '%s once: the blocks are asked for again, and the rewrite is whole',
    async (kind) => {
      const lesson = lessonOf({ withCode: 1 })
      model.configure({ faults: [{ kind, times: 1 }] })
      const answer = await send('POST', '/api/personalize', await learner(), lesson)
      if (kind === 'wrong_language') expect(answer.status).toBe(502)
      else {
        const { receipt } = (await answer.json()) as PersonalizedLesson
        expect(receipt).toMatchObject({ restored: 0 })
        expect(model.requests.slice(1).every((text) => text.includes('Answer for block'))).toBe(true)
        expect(await stored(lesson)).toHaveLength(1)
      }
    },
  )
})

describe('what is kept', () => {
  it('says how it was made: by which model, for which version, at how many tokens', async () => {
    const lesson = lessonOf({ withCode: 1 })
    await personalize(await learner(), lesson)
    const [row] = await stored(lesson)
    expect(row).toMatchObject({ model: 'stand-in', receipt: { rewritten: 4, kept: 1, restored: 0 } })
    expect(row?.prompt_tokens).toBeGreaterThan(500)
    expect(row?.completion_tokens).toBeGreaterThan(20)
    expect(row?.version_hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('may hold a restored block, which is counted as such', async () => {
    const lesson = lessonOf({ withCode: 1 })
    model.configure({ faults: [{ kind: 'drop_atoms', times: 99 }] })
    const { receipt } = await personalize(await learner(), lesson)
    expect(receipt).toMatchObject({ rewritten: 3, kept: 1, restored: 1 })
    expect(await stored(lesson)).toMatchObject([{ receipt }])
    model.configure({})
    const again = await personalize(await learner(), lesson)
    expect([allCached(again), again.receipt]).toEqual([true, receipt])
  })

  it('is nothing of which more than a quarter was restored', async () => {
    const lesson = lessonOf({ withCode: 2 })
    model.configure({ faults: [{ kind: 'drop_atoms', times: 99 }] })
    const { receipt } = await personalize(await learner(), lesson)
    expect(receipt).toMatchObject({ rewritten: 2, kept: 1, restored: 2 })
    expect(await stored(lesson)).toEqual([])
  })

  it.each<FaultKind>(['status_401', 'status_400', 'cut', 'hang_within', 'length'])(
    'is nothing of which a block was restored because the upstream failed by %s',
    async (kind) => {
      const lesson = lessonOf({ withCode: 1 })
      model.configure({
        faults: [
          { kind: 'drop_atoms', match: 'one line for each', times: 1 },
          { kind, match: 'Answer for block', times: 99 },
        ],
      })
      const { receipt } = await personalize(await learner(), lesson)
      expect(receipt).toMatchObject({ rewritten: 3, kept: 1, restored: 1 })
      expect(await stored(lesson)).toEqual([])
    },
  )

  it('is nothing of an answer that did not end by itself, of which the reader saw a part', async () => {
    const lesson = lessonOf({ withCode: 1 })
    model.configure({ faults: [{ kind: 'length', times: 99 }] })
    const all = await events(await send('POST', '/api/personalize', await learner(), lesson, stream))
    expect(all.filter(({ event }) => event === 'block').length).toBeGreaterThan(0)
    expect(all.at(-1)).toMatchObject({ event: 'failed', data: { error: 'upstream_failed' } })
    expect(await stored(lesson)).toEqual([])
  })
})
