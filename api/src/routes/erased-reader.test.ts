import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { allCached, events, lessonBlocks, startLessonApi, stream, upload } from './testing/lesson-api.ts'

const { api, close, learner, model, personalize, send } = await startLessonApi()
afterAll(close)

it('writes nothing of a learner who is erased while a lesson streams, and keeps the rewrite for the class', async () => {
  model.configure({ ttft_ms: 300 })
  const [erased, other] = [await learner(), await learner()]
  const lesson = upload(lessonBlocks())
  const read = send('POST', '/api/personalize', erased, lesson, stream).then(events)
  await expect.poll(() => model.requests.length).toBe(4)
  expect((await send('DELETE', `/api/user/${erased}`, erased)).status).toBeLessThan(300)
  expect((await read).at(-1)?.event).toBe('done')
  expect(allCached(await personalize(other, lesson))).toBe(true)
  await api.history.flush()
  const rows = await api.database.orm.execute<{ user_id: string }>(sql`select user_id from user_lessons`)
  expect(rows.map(({ user_id }) => user_id)).toEqual([other])
})
