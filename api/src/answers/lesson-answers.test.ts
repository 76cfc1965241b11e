import { formatProfile, profileOf, type Site } from '@lectern/shared'
import { afterAll, describe, expect, it } from 'vitest'
import {
  allCached,
  events,
  hashOf,
  lessonBlocks,
  preferences,
  startLessonApi,
  stream,
  upload,
} from '../routes/testing/lesson-api.ts'
import { createSiteStore } from '../storage/site-store.ts'

const { api, close, learner, personalize, send } = await startLessonApi()
const second = await startLessonApi({}, { beside: api })
afterAll(async () => {
  await second.close()
  await close()
})

const profile = formatProfile(profileOf(preferences))
const pathOf = (lesson: { sections: { hash: string }[] }, of = profile) =>
  `/api/rewrites/${hashOf(lesson)}?profile=${of}`

/** A lesson that is stored, and that someone has read. */
async function storedLesson() {
  const lesson = upload(lessonBlocks())
  const user = await learner()
  await personalize(user, lesson)
  return { lesson, user }
}

const TIMES = 200

/**
 * The queries of a hit, of so many one after the other. What does not grow with their number, as the whitelist that
 * is read each second and what is written in batches, is rounded away.
 */
async function queriesOf(hit: () => Promise<Response>, of = api.counts) {
  const before = { ...of }
  for (let i = 0; i < TIMES; i++) expect((await (await hit()).bytes()).length).toBeGreaterThan(500)
  const each = (count: number) => Math.round(count / TIMES)
  return { reads: each(of.reads - before.reads), writes: each(of.writes - before.writes) }
}

describe('a hit from memory', () => {
  it.each(['application/json', 'text/event-stream'])('by hash asks no query for %s', async (accept) => {
    const { lesson, user } = await storedLesson()
    const hit = () => send('GET', pathOf(lesson), user, undefined, { accept })
    await hit()
    expect(await queriesOf(hit)).toEqual({ reads: 0, writes: 0 })
  })

  it.each(['application/json', 'text/event-stream'])('by POST asks no query for %s', async (accept) => {
    const { lesson } = await storedLesson()
    const whole = await learner()
    const hashes = { ...lesson, sections: lesson.sections.map(({ hash }) => ({ hash })) }
    for (const body of [lesson, hashes]) {
      const hit = () => send('POST', '/api/personalize', whole, body, { accept })
      await hit()
      expect(await queriesOf(hit)).toEqual({ reads: 0, writes: 0 })
    }
  })

  it('is the answer of the database, at either door', async () => {
    const { lesson, user } = await storedLesson()
    const made = await personalize(user, lesson)
    expect(await personalize(user, lesson)).toEqual(made)
    expect(await (await send('GET', pathOf(lesson))).json()).toEqual(made)
    const streamed = await events(await send('POST', '/api/personalize', user, lesson, stream))
    expect(await events(await send('GET', pathOf(lesson), user, undefined, stream))).toEqual(streamed)
    expect(streamed.filter(({ event }) => event === 'section')).toHaveLength(made.sections.length)
    expect([streamed[0]?.event, streamed.at(-1)]).toEqual([
      'plan',
      { event: 'done', data: { receipt: made.receipt } },
    ])
  })

  it('enters the history of who read it, once for many', async () => {
    const { lesson } = await storedLesson()
    const reader = await learner()
    for (let i = 0; i < 5; i++) await send('GET', pathOf(lesson), reader)
    const { writes } = { ...api.counts }
    await api.history.flush()
    expect(api.counts.writes - writes).toBe(1)
    const exported = await (await send('GET', `/api/user/${reader}/export`, reader)).json()
    expect(exported).toMatchObject({ tables: { user_lessons: [{ lesson_hash: hashOf(lesson) }] } })
  })

  it('is for who may have it: no other profile, no unknown learner, nobody under another’s name', async () => {
    const { lesson, user } = await storedLesson()
    const body = { ...lesson, user_id: user }
    await personalize(user, body)
    await personalize(user, body)
    const post = (who: string, what: object) => send('POST', '/api/personalize', who, what)
    expect((await post(await learner(), body)).status).toBe(400)
    expect((await post(crypto.randomUUID(), lesson)).status).toBe(404)
    const graduate = await post(await learner({ education_level: 'graduate' }), lesson)
    expect(allCached((await graduate.json()) as never)).toBe(false)
  })
})

describe('a body that came before', () => {
  it('keeps what it says of its reader, whatever the preferences are', async () => {
    const { lesson, user } = await storedLesson()
    const expert = { ...lesson, subject_background: 'advanced' }
    const made = await personalize(user, expert)
    expect(allCached(made)).toBe(false)
    const timesOf = (one: typeof made) => one.sections.map(({ generated_at }) => generated_at)
    for (let i = 0; i < 3; i++) {
      expect(timesOf(await personalize(user, expert))).toEqual(timesOf(made))
      expect(timesOf(await personalize(user, lesson))).not.toEqual(timesOf(made))
    }
  })

  it('is refused as often as it comes, where it is not what it should be', async () => {
    const user = await learner()
    const lesson = upload(lessonBlocks())
    const [first, ...rest] = lesson.sections
    const wrong = [
      { ...lesson, language: 5 },
      { ...lesson, sections: [{ ...first, hash: 'a'.repeat(64) }, ...rest] },
    ]
    for (const body of [...wrong, ...wrong])
      expect((await send('POST', '/api/personalize', user, body)).status).toBe(400)
  })
})

describe('an address that came before', () => {
  it('is answered 304 to who has the answer, and still refused to who is no learner', async () => {
    const { lesson } = await storedLesson()
    const path = pathOf(lesson)
    await send('GET', path)
    const etag = (await send('GET', path)).headers.get('etag') ?? ''
    const again = await send('GET', path, undefined, undefined, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await send('GET', path, 'nobody')).status).toBe(400)
  })
})

describe('a hit from PostgreSQL', async () => {
  const cold = await startLessonApi({}, { beside: api, answerBytes: 0 })
  afterAll(cold.close)

  it.each(['GET', 'POST'])('is one query by %s', async (method) => {
    const { lesson, user } = await storedLesson()
    const hit = () =>
      method === 'GET'
        ? cold.send('GET', pathOf(lesson), user)
        : cold.send('POST', '/api/personalize', user, lesson)
    await hit()
    expect(await queriesOf(hit, cold.api.counts)).toEqual({ reads: 1, writes: 0 })
  })
})

describe('what was deleted or changed', () => {
  it('leaves the memory of every process', async () => {
    const { lesson, user } = await storedLesson()
    for (const { send: ask } of [{ send }, second]) {
      await ask('GET', pathOf(lesson))
      expect((await ask('GET', pathOf(lesson))).status).toBe(200)
    }
    await send('DELETE', '/api/personalize/cache', user)
    expect((await send('GET', pathOf(lesson))).status).toBe(404)
    await expect.poll(async () => (await second.send('GET', pathOf(lesson))).status).toBe(404)
  })

  it('is refused when its site has come to wish no rewrites', async () => {
    const site = (policy: Site['policy']): Site => ({
      id: 'changing',
      name: 'Changing',
      patterns: ['https://changing.example/*'],
      policy,
    })
    const sites = createSiteStore(api.database)
    await sites.put(site('allow'))
    const lesson = { ...upload(lessonBlocks()), url: 'https://changing.example/lesson' }
    const user = await learner()
    await expect
      .poll(async () => (await send('GET', `${pathOf(lesson)}&site=changing`)).status, { timeout: 10_000 })
      .toBe(404)
    await personalize(user, lesson)
    const statuses = async () => [
      (await send('GET', `${pathOf(lesson)}&site=changing`)).status,
      (await send('POST', '/api/personalize', user, lesson)).status,
    ]
    await statuses()
    expect(await statuses()).toEqual([200, 200])
    await sites.put(site('deny'))
    await expect.poll(statuses, { timeout: 10_000 }).toEqual([403, 403])
  })

  it('counts from the next request on, when it is a learner’s preferences', async () => {
    const { lesson, user } = await storedLesson()
    await personalize(user, lesson)
    await second.personalize(user, lesson)
    await send('PUT', '/api/user/preferences', user, { education_level: 'graduate' })
    expect(allCached(await personalize(user, lesson))).toBe(false)
    const graduate = (await personalize(user, lesson)).sections[0]?.blocks
    await expect
      .poll(async () => (await second.personalize(user, lesson)).sections[0]?.blocks)
      .toEqual(graduate)
  })

  it('refuses a learner who was erased, though the answer lies ready', async () => {
    const { lesson } = await storedLesson()
    const user = await learner()
    await second.personalize(user, lesson)
    expect((await send('DELETE', `/api/user/${user}`, user)).status).toBe(200)
    expect((await send('POST', '/api/personalize', user, lesson)).status).toBe(404)
    await expect
      .poll(async () => (await second.send('POST', '/api/personalize', user, lesson)).status)
      .toBe(404)
  })
})
