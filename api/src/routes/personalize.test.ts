import { createHash, randomUUID } from 'node:crypto'
import {
  type Block,
  cutSections,
  formatProfile,
  lessonHash,
  type PersonalizedLesson,
  type Preferences,
  profileOf,
  sectionHash,
} from '@lectern/shared'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type StandInModel, startStandInModel } from '../../load/stand-in-model.ts'
import { openaiEngine } from '../model/openai-engine.ts'
import { startTestApi, type TestApi } from '../test-api.ts'

const preferences: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let model: StandInModel
let api: TestApi
beforeAll(async () => {
  model = await startStandInModel()
  const patience = { firstPiece: 2000, nextPiece: 2000, whole: 5000 }
  const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' }, patience)
  api = await startTestApi({ engine })
})
beforeEach(() => model.configure({}))
afterAll(async () => {
  await api.close()
  await model.close()
})

/** A lesson of four sections that no other test has. */
function lessonBlocks(topic: string = randomUUID()): Block[] {
  return ['One', 'Two', 'Three', 'Four'].flatMap((name): Block[] => [
    { kind: 'heading', level: 2, text: name },
    {
      kind: 'paragraph',
      text: `Section ${name} is about the topic ${topic.replaceAll(/\d/g, 'x')} and \`code\` in it.`,
    },
    { kind: 'code', text: 'for x in xs: pass', language: 'python' },
  ])
}

function upload(blocks: Block[], title = 'A lesson') {
  const lesson = { title, language: 'en', blocks }
  const sections = cutSections(lesson).map(({ path, blocks: of }) => ({
    hash: sectionHash(sha256, lesson, { path, blocks: of }),
    path,
    blocks: of,
  }))
  return { lesson_slug: 'lesson', url: 'https://example.org/lesson', title, language: 'en', sections }
}

async function learner(change: Partial<Preferences> = {}): Promise<string> {
  const user_id = randomUUID()
  await send('POST', '/api/user/create', undefined, { user_id })
  await send('POST', '/api/onboarding', undefined, { user_id, ...preferences, ...change })
  return user_id
}

function send(
  method: string,
  path: string,
  user?: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  return fetch(api.url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(user && { 'x-user-id': user }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function personalize(user: string, body: object): Promise<PersonalizedLesson> {
  const response = await send('POST', '/api/personalize', user, body)
  expect(response.status).toBe(200)
  return (await response.json()) as PersonalizedLesson
}

async function events(
  response: Response,
): Promise<{ event: string | undefined; data: Record<string, unknown> }[]> {
  const all: { event: string | undefined; data: Record<string, unknown> }[] = []
  const parser = createParser({ onEvent: ({ event, data }) => all.push({ event, data: JSON.parse(data) }) })
  parser.feed(await response.text())
  return all
}

const stream = { accept: 'text/event-stream' }
const allCached = ({ sections }: PersonalizedLesson) => sections.every((section) => section.cached)

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

  it('goes on for the class when the learner leaves', async () => {
    model.configure({ ttft_ms: 150 })
    const lesson = upload(lessonBlocks())
    const leaving = new AbortController()
    const user = await learner()
    const asked = fetch(`${api.url}/api/personalize`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': user, ...stream },
      body: JSON.stringify(lesson),
      signal: leaving.signal,
    })
    await (await asked).body?.getReader().read()
    leaving.abort()
    await expect.poll(async () => allCached(await personalize(user, lesson))).toBe(true)
    expect(model.requests).toHaveLength(4)
  })
})

describe('by hash first', () => {
  const profile = formatProfile(profileOf(preferences))
  const hashOf = ({ sections }: { sections: { hash: string }[] }) =>
    lessonHash(
      sha256,
      sections.map(({ hash }) => hash),
    )

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

describe('upstream trouble', () => {
  it.each([
    ['cut', 502, 'upstream_failed'],
    ['garbage', 502, 'upstream_failed'],
    ['empty', 502, 'upstream_failed'],
    ['status_401', 502, 'upstream_refused'],
    ['hang_within', 502, 'upstream_timeout'],
  ] as const)('%s ends in an error with a code, and stores nothing', async (kind, status, error) => {
    const user = await learner()
    const lesson = upload(lessonBlocks().slice(0, 3))
    model.configure({ faults: [{ kind, times: 99 }] })
    const failed = await send('POST', '/api/personalize', user, lesson)
    expect([failed.status, await failed.json()]).toMatchObject([status, { error }])
    model.configure({})
    expect(allCached(await personalize(user, lesson))).toBe(false)
  })

  it('shows a section of which much was restored, and makes it again next time', async () => {
    const user = await learner()
    const lesson = upload(lessonBlocks().slice(0, 3))
    model.configure({ faults: [{ kind: 'drop_atoms', times: 99 }] })
    const shown = await personalize(user, lesson)
    expect(shown.receipt).toMatchObject({ restored: 1, kept: 1, rewritten: 0 })
    model.configure({})
    expect((await personalize(user, lesson)).receipt).toMatchObject({ restored: 0, rewritten: 1 })
  })
})

describe('what is refused', () => {
  it.each([
    [
      'a forged hash',
      (lesson: ReturnType<typeof upload>) => ({ ...lesson, title: 'Another title' }),
      'hash_mismatch',
    ],
    [
      'two lines in one',
      (lesson: ReturnType<typeof upload>) => ({
        ...lesson,
        sections: [{ hash: 'a'.repeat(64), path: [], blocks: [{ kind: 'paragraph', text: 'a\n@2 b' }] }],
      }),
      'validation_failed',
    ],
    ['no section', (lesson: ReturnType<typeof upload>) => ({ ...lesson, sections: [] }), 'validation_failed'],
    [
      'an unknown field',
      (lesson: ReturnType<typeof upload>) => ({ ...lesson, prompt: 'be mine' }),
      'validation_failed',
    ],
  ])('%s', async (_, change, error) => {
    const answer = await send('POST', '/api/personalize', await learner(), change(upload(lessonBlocks())))
    expect([answer.status, await answer.json()]).toMatchObject([400, { error }])
    expect(model.requests).toHaveLength(0)
  })

  it('a learner who is unknown, or has not answered the questions', async () => {
    const unknown = await send('POST', '/api/personalize', randomUUID(), upload(lessonBlocks()))
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: 'user_not_found' }])
    const user_id = randomUUID()
    await send('POST', '/api/user/create', undefined, { user_id })
    const incomplete = await send('POST', '/api/personalize', user_id, upload(lessonBlocks()))
    expect([incomplete.status, await incomplete.json()]).toMatchObject([
      404,
      { error: 'onboarding_incomplete' },
    ])
  })

  it('a lesson of a site that is not listed, unless the server allows it', async () => {
    const strict = await startTestApi({ allowUnlisted: false })
    const user_id = randomUUID()
    const post = (path: string, body: unknown) =>
      fetch(strict.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-user-id': user_id },
        body: JSON.stringify(body),
      })
    await post('/api/user/create', { user_id })
    await post('/api/onboarding', { user_id, ...preferences })
    const answers = [
      await post('/api/personalize', upload(lessonBlocks())),
      await post('/api/personalize', { lesson_slug: 'x', original_content: 'A lesson.' }),
    ]
    await strict.close()
    expect(answers.map((answer) => answer.status)).toEqual([403, 403])
  })
})

describe('the Markdown door', () => {
  const original_content =
    '# Loops\n\nA loop runs `3` times, see [the manual](https://docs.python.org/3/).\n\n```python\nfor i in range(3): pass\n```\n\n$$\nO(n)\n$$\n'

  it("comes back as Markdown with the source's code, formulas and link targets", async () => {
    const user = await learner()
    const body = { lesson_slug: 'loops', original_content, language: 'en' }
    const first = (await (await send('POST', '/api/personalize', user, body)).json()) as {
      personalized_content: string
      cached: boolean
    }
    expect(first.cached).toBe(false)
    expect(first.personalized_content).toContain('```python\nfor i in range(3): pass\n```\n\n$$\nO(n)\n$$')
    expect(first.personalized_content).toContain('(https://docs.python.org/3/)')
    expect(first.personalized_content).toContain('For an undergraduate: A loop runs `3` times')
    const second = (await (await send('POST', '/api/personalize', user, body)).json()) as {
      cached: boolean
      personalized_content: string
    }
    expect(second).toMatchObject({ cached: true, personalized_content: first.personalized_content })
    const { deleted_count } = (await (await send('DELETE', '/api/personalize/cache', user)).json()) as {
      deleted_count: number
    }
    expect(deleted_count).toBe(2)
    expect(
      ((await (await send('POST', '/api/personalize', user, body)).json()) as { cached: boolean }).cached,
    ).toBe(false)
  })

  it('streams too, and names a lesson without text', async () => {
    const user = await learner()
    const streamed = await events(
      await send('POST', '/api/personalize', user, { lesson_slug: 'l', original_content }, stream),
    )
    expect(streamed.at(-1)?.event).toBe('done')
    const empty = await send('POST', '/api/personalize', user, { lesson_slug: 'l', original_content: '   ' })
    expect([empty.status, await empty.json()]).toMatchObject([
      400,
      { error: 'lesson_empty', detail: 'original_content' },
    ])
  })
})
