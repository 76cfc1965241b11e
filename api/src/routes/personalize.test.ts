import { formatProfile, type PersonalizedLesson, profileOf, type Site } from '@lectern/shared'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import {
  allCached,
  events,
  hashOf,
  lessonBlocks,
  preferences,
  startLessonApi,
  stream,
  upload,
} from './testing/lesson-api.ts'

const { api, close, learner, model, personalize, send } = await startLessonApi()
beforeEach(() => model.configure({}))
afterAll(close)

describe('sharing', () => {
  it('asks once a section and never again for the same profile, whoever asks', async () => {
    const lesson = upload(lessonBlocks())
    const first = await personalize(await learner(), lesson)
    expect(model.requests).toHaveLength(4)
    expect(first.receipt).toMatchObject({
      rewritten: 4,
      kept: 4,
      restored: 0,
      code_blocks: 4,
      additions: 3 + 1,
    })
    expect(allCached(first)).toBe(false)
    const second = await personalize(await learner(), lesson)
    expect(model.requests).toHaveLength(4)
    expect(allCached(second)).toBe(true)
    expect(second.sections.map(({ blocks, additions }) => [blocks, additions])).toEqual(
      first.sections.map(({ blocks, additions }) => [blocks, additions]),
    )
  })

  it('makes each section once for a class that comes at the same time', async () => {
    model.configure({ ttft_ms: 100 })
    const lesson = upload(lessonBlocks())
    const learners = await Promise.all(Array.from({ length: 20 }, () => learner()))
    const lessons = await Promise.all(learners.map((user) => personalize(user, lesson)))
    expect(model.requests).toHaveLength(4)
    expect(
      new Set(lessons.map((one) => JSON.stringify(one.sections.map((section) => section.blocks)))).size,
    ).toBe(1)
  })

  it('makes only what was edited anew', async () => {
    const user = await learner()
    const blocks = lessonBlocks()
    await personalize(user, upload(blocks))
    model.configure({})
    const edited = blocks.with(4, { kind: 'paragraph', text: 'This section says something else now.' })
    const again = await personalize(user, upload(edited))
    expect(model.requests).toHaveLength(1)
    expect(again.sections.map((section) => section.cached)).toEqual([true, false, true, true])
  })

  it('makes another rewrite for another profile, where the difference can matter', async () => {
    const lesson = upload(lessonBlocks())
    const first = await personalize(await learner(), lesson)
    const graduate = await personalize(await learner({ education_level: 'graduate' }), lesson)
    expect(model.requests).toHaveLength(8)
    expect(graduate.sections[0]?.blocks).not.toEqual(first.sections[0]?.blocks)
    await personalize(await learner({ ai_ml_experience: 'advanced' }), lesson)
    expect(model.requests).toHaveLength(8)
    await personalize(await learner(), { ...lesson, adjustment: -1 })
    expect(model.requests).toHaveLength(12)
  })

  it('counts a learner’s own background in a site’s subject as their background', async () => {
    const lesson = upload(lessonBlocks())
    await personalize(await learner(), { ...lesson, subject_background: 'advanced' })
    model.configure({})
    const same = await personalize(await learner({ subject_background: 'advanced' }), lesson)
    expect(allCached(same)).toBe(true)
    const others = await personalize(await learner(), lesson)
    expect(allCached(others)).toBe(false)
  })

  it('goes on for the class when the learner leaves', async () => {
    model.configure({ ttft_ms: 150 })
    const lesson = upload(lessonBlocks())
    const leaving = new AbortController()
    const user = await learner()
    const asked = await send('POST', '/api/personalize', user, lesson, stream, leaving.signal)
    await asked.body?.getReader().read()
    leaving.abort()
    await expect.poll(async () => allCached(await personalize(user, lesson))).toBe(true)
    expect(model.requests).toHaveLength(4)
  })
})

describe('the order', () => {
  it('begins with the section that the learner looks at', async () => {
    const its = await startLessonApi({ atOnce: 1 })
    const lesson = upload(lessonBlocks())
    const user = await its.learner()
    await its.personalize(user, { ...lesson, looking_at: 3 })
    const asked = (name: string) => its.model.requests.findIndex((text) => text.includes(`Section ${name} `))
    expect(['Three', 'Four', 'One', 'Two'].map(asked)).toEqual([0, 1, 2, 3])
    its.model.configure({})
    await its.personalize(user, { ...upload(lessonBlocks()), looking_at: 99 })
    expect(its.model.requests).toHaveLength(4)
    const wrong = await its.send('POST', '/api/personalize', user, { ...lesson, looking_at: 0 })
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { detail: 'looking_at' }])
    await its.close()
  })

  it('hears another who wants the same and looks elsewhere', async () => {
    const its = await startLessonApi({ atOnce: 1 })
    // The other one asks while the first section is made.
    its.model.configure({ ttft_ms: 1_000 })
    const lesson = upload(lessonBlocks())
    const [one, other] = [await its.learner(), await its.learner()]
    const first = its.personalize(one, lesson)
    await expect.poll(() => its.model.requests.length).toBe(1)
    await Promise.all([first, its.personalize(other, { ...lesson, looking_at: 4 })])
    const at = (name: string) => its.model.requests.findIndex((text) => text.includes(`Section ${name} `))
    expect(at('Four')).toBeLessThan(at('Three'))
    expect(its.model.requests).toHaveLength(4)
    await its.close()
  })
})

describe("a site's glossary", () => {
  it('reaches the prompt of the sections that hold its terms, and a change of it makes new rewrites', async () => {
    const store = createSiteStore(api.database)
    const patterns = ['https://terms.example/*']
    const site: Site = { id: 'terms', name: 'Terms', patterns, policy: 'allow' }
    const lesson = { ...upload(lessonBlocks()), url: 'https://terms.example/lesson' }
    const user = await learner()
    const asked = () =>
      model.requests.map((text) => /^Terms of the course.*$/m.exec(text)?.[0] ?? 'none').sort()
    await store.put({ ...site, glossary: [{ term: 'Section Two' }, { term: 'recursion' }] })
    await expect
      .poll(
        async () => {
          model.configure({})
          await personalize(user, lesson)
          return asked()
        },
        { interval: 1100 },
      )
      .toEqual(['Terms of the course, kept as they are: "Section Two"', 'none', 'none', 'none'])
    await store.put({ ...site, glossary: [{ term: 'topic' }] })
    await expect
      .poll(
        async () => {
          await personalize(user, lesson)
          return asked().filter((line) => line.endsWith('"topic"')).length
        },
        { interval: 1100 },
      )
      .toBe(4)
  })
})

describe('a learner who leaves', () => {
  it('is no error, whenever it happens', async () => {
    const lesson = upload(lessonBlocks())
    const user = await learner()
    const asked = Array.from({ length: 30 }, (_, ms) =>
      send('POST', '/api/personalize', user, lesson, stream, AbortSignal.timeout(ms)).then((answer) =>
        answer.text(),
      ),
    )
    await Promise.allSettled(asked)
    await expect.poll(async () => allCached(await personalize(user, lesson))).toBe(true)
    const errors = api.log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)
    expect(errors).toEqual([])
  })
})

describe('by hash first', () => {
  const profile = formatProfile(profileOf(preferences))

  it('gives a stored lesson without its text, and an entity tag for it', async () => {
    const lesson = upload(lessonBlocks())
    const path = `/api/rewrites/${hashOf(lesson)}?profile=${profile}`
    const unknown = await send('GET', path)
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: 'lesson_not_stored' }])
    const made = await personalize(await learner(), lesson)
    const stored = await send('GET', path)
    expect(((await stored.json()) as PersonalizedLesson).receipt).toEqual(made.receipt)
    const etag = stored.headers.get('etag') ?? ''
    expect((await send('GET', path, undefined, undefined, { 'if-none-match': etag })).status).toBe(304)
  })

  it('names what is missing, and takes that alone', async () => {
    const user = await learner({ education_level: 'graduate' })
    const lesson = upload(lessonBlocks())
    await personalize(await learner(), lesson)
    const [first, ...rest] = lesson.sections
    await personalize(user, { ...lesson, sections: [first] })
    const asked = await send(
      'GET',
      `/api/rewrites/${hashOf(lesson)}?profile=${profile.replace('undergraduate', 'graduate')}`,
    )
    const { missing } = (await asked.json()) as { missing: string[] }
    expect(missing).toEqual(rest.map((section) => section.hash))
    const sections = lesson.sections.map(({ hash, ...text }) =>
      missing.includes(hash) ? { hash, ...text } : { hash },
    )
    expect((await personalize(user, { ...lesson, sections })).receipt.rewritten).toBe(4)
    const absent = await send('POST', '/api/personalize', user, {
      ...lesson,
      sections: [{ hash: 'a'.repeat(64) }],
    })
    expect([absent.status, await absent.json()]).toMatchObject([404, { missing: ['a'.repeat(64)] }])
  })

  it('knows a lesson all of whose sections came from others', async () => {
    const user = await learner()
    const lesson = upload(lessonBlocks())
    await personalize(user, lesson)
    const shorter = { ...lesson, sections: lesson.sections.slice(1) }
    expect(allCached(await personalize(user, shorter))).toBe(true)
    expect((await send('GET', `/api/rewrites/${hashOf(shorter)}?profile=${profile}`)).status).toBe(200)
  })

  it('joins what is being made', async () => {
    model.configure({ ttft_ms: 200 })
    const lesson = upload(lessonBlocks())
    const making = personalize(await learner(), lesson)
    await expect.poll(() => model.requests.length).toBe(4)
    const joined = await events(
      await send('GET', `/api/rewrites/${hashOf(lesson)}?profile=${profile}`, undefined, undefined, stream),
    )
    expect(joined.at(-1)?.event).toBe('done')
    await making
    expect(model.requests).toHaveLength(4)
  })

  it('refuses what is no profile', async () => {
    const answer = await send('GET', `/api/rewrites/${'a'.repeat(64)}?profile=nobody`)
    expect([answer.status, await answer.json()]).toMatchObject([400, { detail: 'profile' }])
  })
})

describe('the stream', () => {
  it('begins with the plan, gives blocks as they are made, closes each section and the whole', async () => {
    const user = await learner()
    const all = await events(await send('POST', '/api/personalize', user, upload(lessonBlocks()), stream))
    expect(all[0]).toMatchObject({
      event: 'plan',
      data: { sections: [{ state: 'missing', blocks: 2 }, {}, {}, {}] },
    })
    expect(all.filter(({ event }) => event === 'block')).toHaveLength(8)
    expect(all.filter(({ event }) => event === 'section')).toHaveLength(4)
    expect(all.at(-1)).toMatchObject({ event: 'done', data: { receipt: { rewritten: 4 } } })
  })

  it('says what failed, keeps what did not, and stores no part of a section', async () => {
    const user = await learner()
    const lesson = upload(lessonBlocks())
    model.configure({ faults: [{ kind: 'length', match: 'Section Two', times: 1 }] })
    const all = await events(await send('POST', '/api/personalize', user, lesson, stream))
    expect(all.filter(({ event }) => event === 'section')).toHaveLength(3)
    expect(all.filter(({ event }) => event === 'failed').map(({ data }) => data.section)).toEqual([
      2,
      undefined,
    ])
    expect(all.at(-1)).toMatchObject({ event: 'failed', data: { error: 'upstream_failed' } })
    model.configure({})
    expect((await personalize(user, lesson)).sections.map((section) => section.cached)).toEqual([
      true,
      false,
      true,
      true,
    ])
    expect(model.requests).toHaveLength(1)
  })
})
