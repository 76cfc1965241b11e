import { formatProfile, profileOf } from '@lectern/shared'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { allCached, hashOf, lessonBlocks, preferences, startLessonApi, upload } from './testing/lesson-api.ts'

const first = await startLessonApi()
const second = await startLessonApi({}, { beside: first.api })
const { model, learner, personalize, send } = first
const profile = formatProfile(profileOf(preferences))
const patient = { timeout: 20_000 }

beforeEach(() => model.configure({}))
afterAll(async () => {
  await second.close()
  await first.close()
})

const section = () => upload(lessonBlocks().slice(0, 3))
const path = (lesson: ReturnType<typeof section>, variant?: number) =>
  `/api/rewrites/${hashOf(lesson)}?profile=${profile}${variant === undefined ? '' : `&variant=${variant}`}`

describe('another wording', () => {
  it('of two learners, by whichever door, takes back the one before in all processes', async () => {
    const lesson = section()
    const [one, two] = [await learner(), await learner()]
    await personalize(one, lesson)
    expect((await second.send('GET', path(lesson), two)).status).toBe(200)
    const other = await personalize(one, { ...lesson, variant: 1 })
    await personalize(one, { ...lesson, variant: 1 })
    expect(model.requests).toHaveLength(2)
    expect(allCached(other)).toBe(false)
    expect((await send('GET', path(lesson, 1))).status).toBe(200) // nobody's vote
    expect((await send('GET', path(lesson))).status).toBe(200)

    expect((await second.send('GET', path(lesson, 1), two)).status).toBe(200)
    await expect.poll(async () => (await send('GET', path(lesson))).status, patient).toBe(404)
    await expect.poll(async () => (await second.send('GET', path(lesson))).status, patient).toBe(404)
    expect(allCached(await personalize(two, lesson))).toBe(false)
    expect(allCached(await personalize(one, { ...lesson, variant: 1 }))).toBe(true)
    expect(model.requests).toHaveLength(3)
  })
})

describe('a purge', () => {
  it('takes back what other processes hold ready, too', async () => {
    const lesson = section()
    await personalize(await learner(), lesson)
    expect((await second.send('GET', path(lesson))).status).toBe(200)
    expect(await first.api.purge({ lesson: hashOf(lesson) })).toBe(1)
    await expect.poll(async () => (await second.send('GET', path(lesson))).status, patient).toBe(404)
    await expect.poll(async () => (await send('GET', path(lesson))).status, patient).toBe(404)
  })
})
