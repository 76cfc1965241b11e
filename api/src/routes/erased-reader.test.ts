import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { allCached, events, lessonBlocks, startLessonApi, stream, upload } from './testing/lesson-api.ts'

const { api, close, learner, model, personalize, send } = await startLessonApi()
afterAll(close)

/** How many rows each table with a learner's column has of this one, as the database itself tells. */
async function rowsOf(user: string): Promise<Record<string, number>> {
  const tables = await api.database.orm.execute<{ name: string }>(sql`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'user_id' order by 1`)
  const counts: [string, number][] = []
  for (const { name } of tables) {
    const [row] = await api.database.orm.execute<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(name)} where user_id = ${user}::uuid`,
    )
    counts.push([name, row?.count ?? 0])
  }
  return Object.fromEntries(counts)
}

/** Reads a lesson as a stream, and erases its reader while the model is asked. */
async function eraseWithin(user: string, body: object): Promise<string | undefined> {
  model.configure({ ttft_ms: 300 })
  const read = send('POST', '/api/personalize', user, body, stream).then(events)
  await expect.poll(() => model.open()).toBeGreaterThan(0)
  expect((await send('DELETE', `/api/user/${user}`, user)).status).toBe(200)
  const last = (await read).at(-1)?.event
  model.configure({})
  return last
}

it('writes nothing of a learner who is erased while a lesson streams, and keeps the rewrite for the class', async () => {
  const [erased, other] = [await learner(), await learner()]
  const lesson = upload(lessonBlocks())
  expect(await eraseWithin(erased, lesson)).toBe('done')
  expect(allCached(await personalize(other, lesson))).toBe(true)
  await api.history.flush()
  expect(Object.values(await rowsOf(erased)).every((count) => count === 0)).toBe(true)
  expect(await rowsOf(other)).toMatchObject({ users: 1, user_preferences: 1, user_lessons: 1 })
})

it.each<[string, () => Promise<object>]>([
  [
    'Markdown',
    async () => ({ lesson_slug: 'a', original_content: `# A\n\n${JSON.stringify(lessonBlocks()[1])}` }),
  ],
  [
    'another wording, which is a vote',
    async () => {
      const lesson = upload(lessonBlocks())
      await personalize(await learner(), lesson)
      return { ...lesson, variant: 1 }
    },
  ],
])('nor of one who asked for %s', async (_what, bodyOf) => {
  const [erased, later] = [await learner(), await learner()]
  const body = await bodyOf()
  await eraseWithin(erased, body)
  // Votes are written in order: the later one's is there when the erased one's would be.
  const lesson = upload(lessonBlocks())
  await personalize(later, lesson)
  await personalize(later, { ...lesson, variant: 1 })
  await api.history.flush()
  await expect.poll(async () => (await rowsOf(later)).rewrite_votes).toBe(4)
  expect(Object.values(await rowsOf(erased)).every((count) => count === 0)).toBe(true)
})

it('takes nothing more of a learner who is erased', async () => {
  const user = await learner()
  const lesson = upload(lessonBlocks())
  await personalize(user, lesson)
  await send('DELETE', `/api/user/${user}`, user)
  const progress = { lesson_slug: 'a', state: 'completed', seconds: 9, updated_at: '2025-11-20T08:30:00Z' }
  const report = { lesson_hash: 'a'.repeat(64), url: lesson.url, kind: 'other' }
  for (const [method, path, body] of [
    ['POST', '/api/personalize', lesson],
    ['PUT', '/api/progress', { lessons: [progress] }],
    ['POST', '/api/reports', report],
    ['PUT', '/api/user/preferences', { education_level: 'graduate' }],
    ['GET', `/api/user/${user}/export`, undefined],
  ] as const)
    expect((await send(method, path, user, body)).status, path).toBe(404)
  expect(Object.values(await rowsOf(user)).every((count) => count === 0)).toBe(true)
})
