import { createHash, randomUUID } from 'node:crypto'
import {
  cutSections,
  formatProfile,
  type Lesson,
  lessonHash,
  type PersonalizedLesson,
  type Preferences,
  profileOf,
  sectionHash,
} from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { studyAidEngine } from '../src/model/study-aids/study-aid-engine.ts'
import { startTestApi, type TestApi } from '../src/test-api.ts'
import { listDemo } from './list-demo.ts'
import { readSamples } from './read-samples.ts'
import { sampleModel } from './rewrite-sample.ts'

const demoUrl = 'http://localhost:8788'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const samples = await readSamples()
const lessons = samples.filter(({ reader }) => reader === 'expert')
const lessonOf = (name: string) => samples.find((sample) => sample.name === name)?.lesson as Lesson

const beginner: Preferences = {
  education_level: 'high_school',
  programming_experience: 'none',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}
const expert: Preferences = {
  education_level: 'professional',
  programming_experience: 'advanced',
  subject_background: 'advanced',
  ai_ml_experience: 'intermediate',
  learning_goals: ['research', 'teaching'],
  preferred_language: 'en',
}
const urdu: Preferences = {
  ...beginner,
  education_level: 'undergraduate',
  subject_background: 'intermediate',
  preferred_language: 'ur',
}

const answer = vi.fn(studyAidEngine.answer)
const engine = { ...studyAidEngine, answer }

let api: TestApi
beforeAll(async () => {
  api = await startTestApi({ engine, allowUnlisted: false })
  await start()
})
beforeEach(() => answer.mockClear())
afterAll(() => api.close())

/** What a start of the server does for the demo. */
const start = () => listDemo(api.database, { url: demoUrl, engine, sha256 })

function post(path: string, body: object, user?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(user && { 'x-user-id': user }) }
  return fetch(api.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function learner(preferences: Preferences): Promise<string> {
  const user_id = randomUUID()
  await post('/api/user/create', { user_id })
  await post('/api/onboarding', { user_id, ...preferences })
  return user_id
}

function upload(lesson: Lesson, change: object = {}) {
  const { title, language } = lesson
  const sections = cutSections(lesson).map((section) => ({
    hash: sectionHash(sha256, lesson, section),
    ...section,
  }))
  return { lesson_slug: 'lesson', url: `${demoUrl}/lesson.html`, title, language, sections, ...change }
}

async function personalize(
  preferences: Preferences,
  lesson: Lesson,
  change: object = {},
): Promise<PersonalizedLesson> {
  const response = await post('/api/personalize', upload(lesson, change), await learner(preferences))
  expect(response.status).toBe(200)
  return (await response.json()) as PersonalizedLesson
}

describe('a first look without a model', () => {
  it.each([
    ['a beginner', beginner],
    ['an expert', expert],
    ['a learner in Urdu', urdu],
  ])('shows %s the samples of every lesson, and asks no engine', async (_, preferences) => {
    for (const { lesson } of lessons) {
      const { sections, receipt } = await personalize(preferences, lesson)
      const of = new Set(sections.map(({ notice, cached, model }) => `${notice} ${cached} ${model}`))
      expect(of).toEqual(new Set([`sample true ${sampleModel}`]))
      expect(receipt).toMatchObject({ restored: 0 })
    }
    expect(answer).not.toHaveBeenCalled()
  })

  it('has three rewrites of a lesson: explained, folded and translated', async () => {
    const lesson = lessonOf('sphinx')
    const receipts = await Promise.all([beginner, expert, urdu].map((one) => personalize(one, lesson)))
    expect(receipts.map(({ receipt }) => receipt.additions > 10)).toEqual([true, false, false])
    expect(receipts.map(({ receipt }) => receipt.folded > 0)).toEqual([false, true, false])
    expect(receipts[2]?.sections[0]?.blocks[0]?.inline).toMatch(/^Derivative \p{Script=Arabic}/u)
  })

  it('finds them by the hash alone, before any lesson was sent', async () => {
    const sections = upload(lessonOf('mkdocs')).sections.map(({ hash }) => hash)
    const profile = formatProfile(profileOf({ ...urdu, subject_background: 'none' }))
    const url = `/api/rewrites/${lessonHash(sha256, sections)}?site=lectern-demo&profile=${profile}`
    const response = await fetch(api.url + url)
    expect(response.status).toBe(200)
    const lesson = (await response.json()) as PersonalizedLesson
    expect(lesson.sections.map(({ notice }) => notice)).toEqual(['sample', 'sample', 'sample', 'sample'])
  })

  it('gives study aids for any other lesson and for a changed section, and says so', async () => {
    const lesson = lessonOf('vitepress')
    const blocks = lesson.blocks.with(1, { kind: 'paragraph', text: 'A package is a bundle of code.' })
    const { sections } = await personalize(beginner, { ...lesson, blocks })
    expect(sections.map(({ notice }) => notice)).toEqual(['study_aids', 'sample', 'sample', 'sample'])
    const deeper = await personalize(beginner, lesson, { adjustment: 1 })
    expect(deeper.sections.map(({ notice }) => notice)).toEqual(Array(4).fill('study_aids'))
    expect(answer).toHaveBeenCalledTimes(1 + 4)
  })

  it('needs a model for another lesson in Urdu', async () => {
    const lesson = { ...lessonOf('vitepress'), title: 'Another lesson' }
    const response = await post('/api/personalize', upload(lesson), await learner(urdu))
    expect(await response.json()).toMatchObject({ error: 'language_needs_model' })
  })
})

describe('another start', () => {
  const rows = () =>
    api.database.orm.execute<{ key: string; content: string; created_at: string }>(sql`
      select concat(section_hash, profile_hash, version_hash) as key,
        md5(concat(rewrite, receipt, model, notice)) as content, created_at
      from personalized_content_cache order by key`)

  it('leaves the samples as they are', async () => {
    const before = await rows()
    await start()
    expect(await rows()).toEqual(before)
  })

  it('replaces what is changed or was made under their keys, and deletes what is no sample any more', async () => {
    const before = await rows()
    await api.database.orm.execute(sql`
      update personalized_content_cache set rewrite = '{"blocks": [], "additions": []}', created_at = '2026-01-01',
        notice = case when profile_hash < '8' then 'sample' else 'study_aids' end
      where notice = 'sample'`)
    await api.database.orm.execute(sql`
      insert into personalized_content_cache
      select repeat('0', 64), profile_hash, version_hash, rewrite, receipt, model, notice, 0, 0
      from personalized_content_cache where notice = 'sample' limit 1`)
    await start()
    const after = await rows()
    const contents = (all: typeof after) => all.map(({ key, content }) => key + content)
    expect(contents(after)).toEqual(contents(before))
    expect(after.filter(({ created_at }) => created_at.startsWith('2026-01-01'))).toEqual([])
  })

  it('with a model lists the demo for all preferences and loads nothing', async () => {
    const { notice: _, ...model } = { ...studyAidEngine, model: 'a-model' }
    const before = await rows()
    await listDemo(api.database, { url: demoUrl, engine: model, sha256 })
    expect(await rows()).toEqual(before)
    const sites = await api.database.orm.execute(sql`select site from sites where id = 'lectern-demo'`)
    expect(sites[0]?.site).not.toHaveProperty('preferences')
  })
})
