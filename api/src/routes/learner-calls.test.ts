import { randomUUID } from 'node:crypto'
import { emptyReceipt, type Preferences } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRewriteStore } from '../storage/rewrite-store.ts'
import { storeRewrite } from '../storage/test-rewrites.ts'
import { startTestApi, type TestApi } from '../test-api.ts'
import {
  answers,
  type CallOptions,
  callApi,
  failed,
  newLearner as makeLearner,
  unknownUser,
} from './testing/learner-calls.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

const call = (method: string, path: string, options?: CallOptions) => callApi(api.url, method, path, options)
const newLearner = (preferences?: Preferences) => makeLearner(api.url, preferences)

describe('POST /api/user/create and GET /api/user/{user_id}', () => {
  it('makes a learner once', async () => {
    const user_id = randomUUID()
    const made = await call('POST', '/api/user/create', { body: { user_id } })
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(made).toEqual([201, { user_id, created_at: time, updated_at: time, onboarding_completed: false }])
    expect(await call('POST', '/api/user/create', { body: { user_id: user_id.toUpperCase() } })).toEqual(
      failed(409, 'user_exists', 'user_id'),
    )
    expect(await call('GET', `/api/user/${user_id}`)).toEqual([200, made[1]])
    expect(await call('GET', `/api/user/${user_id.toUpperCase()}`)).toEqual([200, made[1]])
  })

  it('makes one learner of many who come at once', async () => {
    const body = { user_id: randomUUID() }
    const made = await Promise.all(
      Array.from({ length: 8 }, () => call('POST', '/api/user/create', { body })),
    )
    expect(made.map(([status]) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(7).fill(409)])
  })

  it('says when onboarding is completed', async () => {
    const learner = await newLearner(answers)
    const [, user] = await call('GET', `/api/user/${learner}`)
    expect(user).toMatchObject({ onboarding_completed: true })
    const { created_at, updated_at } = user as { created_at: string; updated_at: string }
    expect(Date.parse(updated_at)).toBeGreaterThan(Date.parse(created_at))
  })

  it('refuses what is no id, and knows who is not there', async () => {
    const isId = /^user_id must be: UUID v4\.$/
    expect(await call('POST', '/api/user/create', { body: { user_id: 'me' } })).toEqual(
      failed(400, 'validation_failed', 'user_id', isId),
    )
    const version1 = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
    expect(await call('GET', `/api/user/${version1}`)).toEqual(
      failed(400, 'validation_failed', 'user_id', isId),
    )
    expect(await call('POST', '/api/user/create', { body: {} })).toEqual(
      failed(400, 'validation_failed', 'user_id', /^user_id is missing\.$/),
    )
    expect(await call('POST', '/api/user/create', { body: { user_id: randomUUID(), name: 'x' } })).toEqual(
      failed(400, 'validation_failed', 'name', /^name is not known here: allowed are user_id\.$/),
    )
    expect(await call('GET', `/api/user/${randomUUID()}`)).toEqual(unknownUser)
  })
})

describe('POST /api/onboarding', () => {
  it('keeps the answers, again where they were given before', async () => {
    const user_id = await newLearner()
    expect(await call('POST', '/api/onboarding', { body: { user_id, ...answers } })).toEqual([200, answers])
    const others = { ...answers, preferred_language: 'en' }
    expect(await call('POST', '/api/onboarding', { body: { user_id, ...others } })).toEqual([200, others])
    expect(await call('GET', '/api/user/preferences', { learner: user_id })).toEqual([200, others])
  })

  it('knows no unknown learner', async () => {
    const body = { user_id: randomUUID(), ...answers }
    expect(await call('POST', '/api/onboarding', { body })).toEqual(unknownUser)
  })

  it.each([
    ['education_level', 'school', /^education_level must be one of high_school, undergraduate, /],
    ['programming_experience', null, /^programming_experience must be one of none, beginner, /],
    ['subject_background', 3, /^subject_background must be one of none, basic, /],
    ['ai_ml_experience', undefined, /^ai_ml_experience is missing\.$/],
    ['learning_goals', [], /^learning_goals must not have fewer than 1 items\.$/],
    ['learning_goals', ['hobby', 'hobby'], /^learning_goals must not have duplicate items\.$/],
    ['learning_goals[1]', ['hobby', 'fame'], /^learning_goals\[1\] must be one of career_change, /],
    ['preferred_language', 'tlh', /^preferred_language must be one of en, ur, /],
  ])('refuses a wrong %s by name, with what is allowed', async (field, value, message) => {
    const name = field.replace(/\[.*/, '')
    const body = { user_id: await newLearner(), ...answers, [name]: value }
    expect(await call('POST', '/api/onboarding', { body })).toEqual(
      failed(400, 'validation_failed', field, message),
    )
  })
})

describe('GET and PUT /api/user/preferences', () => {
  it('changes any of the preferences and leaves the others', async () => {
    const learner = await newLearner(answers)
    const body = { preferred_language: 'en', learning_goals: ['research'] }
    const changed = { ...answers, ...body }
    expect(await call('PUT', '/api/user/preferences', { learner, body })).toEqual([200, changed])
    expect(await call('GET', '/api/user/preferences', { learner })).toEqual([200, changed])
    expect(await call('PUT', '/api/user/preferences', { learner, body: answers })).toEqual([200, answers])
  })

  it('needs the header X-User-ID, a UUID v4', async () => {
    expect(await call('GET', '/api/user/preferences')).toEqual(failed(400, 'missing_user', 'X-User-ID'))
    expect(await call('PUT', '/api/user/preferences', { body: { preferred_language: 'en' } })).toEqual(
      failed(400, 'missing_user', 'X-User-ID'),
    )
    expect(await call('GET', '/api/user/preferences', { learner: 'me' })).toEqual(
      failed(400, 'validation_failed', 'X-User-ID', /^X-User-ID must be: UUID v4\.$/),
    )
  })

  it('tells an unknown learner from one without answers', async () => {
    const unanswered = [404, expect.objectContaining({ error: 'onboarding_incomplete' })]
    const body = { preferred_language: 'en' }
    const [unknown, fresh] = [randomUUID(), await newLearner()]
    expect(await call('GET', '/api/user/preferences', { learner: unknown })).toEqual(unknownUser)
    expect(await call('PUT', '/api/user/preferences', { learner: unknown, body })).toEqual(unknownUser)
    expect(await call('GET', '/api/user/preferences', { learner: fresh })).toEqual(unanswered)
    expect(await call('PUT', '/api/user/preferences', { learner: fresh, body })).toEqual(unanswered)
  })

  it('refuses an empty change and unknown fields', async () => {
    const learner = await newLearner(answers)
    expect(await call('PUT', '/api/user/preferences', { learner, body: {} })).toEqual(
      failed(400, 'validation_failed', 'body', /^The body is empty: send at least one field\.$/),
    )
    expect(await call('PUT', '/api/user/preferences', { learner, body: { mood: 'good' } })).toEqual(
      failed(400, 'validation_failed', 'mood', /^mood is not known here: allowed are education_level, /),
    )
  })

  it('asks again where what is stored is no answer any more', async () => {
    const learner = await newLearner(answers)
    await api.database.orm.execute(
      sql`update user_preferences set preferred_language = 'tlh' where user_id = ${learner}::uuid`,
    )
    expect(await call('GET', '/api/user/preferences', { learner })).toEqual([
      404,
      expect.objectContaining({ error: 'onboarding_incomplete' }),
    ])
  })
})

describe('the header X-User-ID beside a user_id in the body', () => {
  it('must be the same id, on every route', async () => {
    const learner = await newLearner()
    const other = { learner: randomUUID(), body: { user_id: learner, ...answers } }
    expect(await call('POST', '/api/onboarding', other)).toEqual(failed(400, 'validation_failed', 'user_id'))
    expect(await call('POST', '/api/user/create', { ...other, body: { user_id: learner } })).toEqual(
      failed(400, 'validation_failed', 'user_id'),
    )
    const same = { learner: learner.toUpperCase(), body: { user_id: learner, ...answers } }
    expect(await call('POST', '/api/onboarding', same)).toEqual([200, answers])
  })
})

describe('DELETE /api/personalize/cache', () => {
  const hash = (digit: string) => digit.repeat(64)
  const [lesson, section, profile, version] = [hash('1'), hash('2'), hash('3'), hash('4')]

  it('forgets what the learner has read, and what nobody else has', async () => {
    const [learner, other] = [await newLearner(answers), await newLearner(answers)]
    const rewrites = createRewriteStore(api.database)
    const rewrite = { blocks: [], additions: [], receipt: emptyReceipt, model: 'a-model' }
    await rewrites.saveLesson(lesson, [section])
    await storeRewrite(api.database, {
      ...rewrite,
      key: { section, profile, version },
      generated_at: new Date(),
      prompt_tokens: 0,
      completion_tokens: 0,
    })
    for (const user_id of [learner, other])
      api.history.record({ user_id, lesson, lesson_slug: 'a-lesson', profiles: [profile], version })

    const clear = (id: string) => call('DELETE', '/api/personalize/cache', { learner: id })
    expect(await clear(learner)).toEqual([200, { deleted_count: 1 }])
    expect(await clear(learner)).toEqual([200, { deleted_count: 0 }])
    expect(await clear(other)).toEqual([200, { deleted_count: 2 }])
  })

  it('needs a learner who is known', async () => {
    expect(await call('DELETE', '/api/personalize/cache')).toEqual(failed(400, 'missing_user', 'X-User-ID'))
    expect(await call('DELETE', '/api/personalize/cache', { learner: randomUUID() })).toEqual(unknownUser)
  })
})
