import { formatProfile, historyHeader, historyOff, type LearnerExport, profileOf } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import {
  events,
  hashOf,
  lessonBlocks,
  preferences,
  startLessonApi,
  stream,
  upload,
} from './testing/lesson-api.ts'

const { api, close, learner, send } = await startLessonApi()
afterAll(close)

const off = { [historyHeader]: historyOff }
const profile = formatProfile(profileOf(preferences))

/** Reads a lesson by every way there is, says that its wording does not do, and sends how far it was read. */
async function readInEveryWay(user: string, headers: Record<string, string>): Promise<number[]> {
  const lesson = upload(lessonBlocks())
  const address = `/api/rewrites/${hashOf(lesson)}?profile=${profile}`
  const markdown = {
    lesson_slug: 'as-text',
    original_content: '# Loops\n\nA loop is repeated until it ends.',
  }
  const progress = {
    lessons: [{ lesson_slug: 'lesson', state: 'completed', seconds: 9, updated_at: '2025-11-20T08:30:00Z' }],
  }
  const statuses: number[] = []
  const call = async (...[method, path, body, more]: [string, string, object?, Record<string, string>?]) => {
    const answer = await send(method, path, user, body, { ...headers, ...more })
    await (more ? events(answer) : answer.text())
    statuses.push(answer.status)
  }
  // Made while it is read, then stored, then from memory by the same bytes and by the same address.
  await call('POST', '/api/personalize', lesson, stream)
  await call('POST', '/api/personalize', lesson)
  await call('POST', '/api/personalize', lesson)
  await call('GET', address)
  await call('GET', address)
  await call('GET', `${address}&variant=1`)
  await call('POST', '/api/personalize', { ...lesson, variant: 1 })
  await call('POST', '/api/personalize', markdown)
  await call('PUT', '/api/progress', progress)
  return statuses
}

async function kept(user: string): Promise<Record<string, number>> {
  const { tables } = (await (await send('GET', `/api/user/${user}/export`, user)).json()) as LearnerExport
  return Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]))
}

const nothing = {
  users: 1,
  user_preferences: 1,
  user_lessons: 0,
  lesson_progress: 0,
  lesson_reports: 0,
  rewrite_votes: 0,
}

it('keeps what a learner reads, says of a wording and has done', async () => {
  const user = await learner()
  expect(await readInEveryWay(user, {})).toEqual([200, 200, 200, 200, 200, 404, 200, 200, 200])
  await expect
    .poll(() => kept(user))
    .toEqual({ ...nothing, user_lessons: 3, lesson_progress: 1, rewrite_votes: 4 })
})

it('keeps none of it of a call that wants no history, and answers it as any other', async () => {
  const [user, later] = [await learner(), await learner()]
  expect(await readInEveryWay(user, off)).toEqual([200, 200, 200, 200, 200, 404, 200, 200, 200])
  // Votes are written in order: that of another learner comes after those that must not be there.
  await readInEveryWay(later, {})
  await expect.poll(async () => (await kept(later)).rewrite_votes).toBe(4)
  expect(await kept(user)).toEqual(nothing)
})

it('counts the rewrite as used all the same: it is no less worth keeping', async () => {
  const user = await learner()
  const lesson = upload(lessonBlocks())
  await send('POST', '/api/personalize', user, lesson, off).then((answer) => answer.text())
  const age = sql`
    update personalized_content_cache set last_used_at = now() - interval '9 days'
    where section_hash = ${lesson.sections[0]?.hash}`
  await api.database.orm.execute(age)
  await send('POST', '/api/personalize', user, lesson, off).then((answer) => answer.text())
  await api.history.flush()
  const rows = await api.database.orm.execute(sql`
    select from personalized_content_cache
    where section_hash = ${lesson.sections[0]?.hash} and last_used_at > now() - interval '1 day'`)
  expect(rows).toHaveLength(1)
})

it('knows no other word for it, and no unknown learner', async () => {
  const user = await learner()
  const wrong = await send('GET', '/api/progress', user, undefined, { [historyHeader]: 'no' })
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    {
      error: 'validation_failed',
      message: 'X-Lectern-History must be one of off.',
      detail: 'X-Lectern-History',
    },
  ])
  const progress = {
    lessons: [{ lesson_slug: 'a', state: 'completed', seconds: 9, updated_at: '2025-11-20T08:30:00Z' }],
  }
  const unknown = await send('PUT', '/api/progress', crypto.randomUUID(), progress, off)
  expect(unknown.status).toBe(404)
})
