import { randomUUID } from 'node:crypto'
import { formatProfile, profileOf, type Site } from '@lectern/shared'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import { startTestApi } from '../test-api.ts'
import { allCached, lessonBlocks, preferences, startLessonApi, upload } from './testing/lesson-api.ts'

const { api, close, learner, model, personalize, send } = await startLessonApi()
beforeEach(() => model.configure({}))
afterAll(close)

describe('upstream trouble', () => {
  it.each([
    ['garbage', 502, 'upstream_failed'],
    ['empty', 502, 'upstream_failed'],
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

  it('a lesson of a site that denies rewrites, by its address and by its hash', async () => {
    const site: Site = {
      id: 'closed',
      name: 'Closed',
      patterns: ['https://closed.example/*'],
      policy: 'deny',
      denied_reason: 'Our publisher does not allow it.',
    }
    await createSiteStore(api.database).put(site)
    const profile = formatProfile(profileOf(preferences))
    const lesson = { ...upload(lessonBlocks()), url: 'https://closed.example/lesson' }
    const user = await learner()
    const status = async (answer: Promise<Response>) => [
      (await answer).status,
      (await (await answer).json()).error,
    ]
    const denied = [403, 'site_denied']
    await expect.poll(() => status(send('POST', '/api/personalize', user, lesson))).toEqual(denied)
    const told = await send('POST', '/api/personalize', user, lesson)
    expect(await told.json()).toMatchObject({
      message: expect.stringContaining('Closed does not wish'),
      words: 'Our publisher does not allow it.',
    })
    const stored = send('GET', `/api/rewrites/${'a'.repeat(64)}?profile=${profile}&site=closed`)
    expect(await status(stored)).toEqual(denied)
  })

  it('a page that its site does not count among its lessons, even where the server allows any site', async () => {
    await createSiteStore(api.database).put({
      id: 'parts',
      name: 'Parts',
      patterns: ['https://parts.example/*'],
      lesson_urls: ['https://parts.example/lessons/*'],
      policy: 'allow',
    })
    const user = await learner()
    const ask = (url: string) =>
      send('POST', '/api/personalize', user, { ...upload(lessonBlocks().slice(0, 3)), url })
    await expect.poll(async () => (await ask('https://parts.example/about')).status).toBe(403)
    expect(await (await ask('https://parts.example/about')).json()).toMatchObject({
      error: 'site_not_listed',
      message: expect.stringContaining('none of the lessons that Parts has'),
    })
    expect((await ask('https://parts.example/lessons/1')).status).toBe(200)
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
