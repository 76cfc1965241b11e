import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { allCached, lessonBlocks, startLessonApi, upload } from '../routes/testing/lesson-api.ts'

const one = await startLessonApi({}, { retention: { rewrites: 30, learners: 60 } })
const two = await startLessonApi({}, { retention: { rewrites: 30, learners: 60 }, beside: one.api })
afterAll(async () => {
  await two.close()
  await one.close()
})

const { orm } = one.api.database
const count = async (table: string) =>
  (await orm.execute<{ count: number }>(sql`select count(*)::int from ${sql.identifier(table)}`))[0]?.count
const age = (table: string, column: string, days: number, where = sql`true`) =>
  orm.execute(
    sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = now() - make_interval(days => ${days}) where ${where}`,
  )
const nextDay = () => age('scheduled_jobs', 'started_at', 1)

it('removes rewrites and learners past their time, and nothing else, by one process at a time', async () => {
  const [idle, other] = [await one.learner(), await one.learner({ education_level: 'graduate' })]
  const lesson = upload(lessonBlocks())
  await one.personalize(idle, lesson)
  await one.personalize(other, lesson)
  await one.api.history.flush()
  const kept = await count('personalized_content_cache')
  expect(kept).toBeGreaterThan(0)

  // Nothing is past its time; only one process looks.
  const [first, second] = await Promise.all([one.api.retention.run(), two.api.retention.run()])
  expect([first, second].filter((removed) => removed !== undefined)).toEqual([
    { rewrites: 0, learners: 0, lessons: 0 },
  ])
  expect(await one.api.retention.run()).toBeUndefined()

  await age('users', 'created_at', 90)
  await age('user_preferences', 'updated_at', 90)
  await age('user_lessons', 'last_read_at', 90, sql`user_id = ${idle}::uuid`)
  await nextDay()
  expect(await two.api.retention.run()).toMatchObject({ learners: 1, rewrites: 0 })
  expect((await one.send('GET', `/api/user/${idle}`)).status).toBe(404)
  expect((await one.send('GET', `/api/user/${other}`)).status).toBe(200)
  // Of the other process's memory, too.
  expect(allCached(await one.personalize(other, lesson))).toBe(true)

  await age('personalized_content_cache', 'last_used_at', 31)
  await nextDay()
  const left = await count('personalized_content_cache')
  expect(await two.api.retention.run()).toEqual({ rewrites: left, learners: 0, lessons: 0 })
  expect(await count('personalized_content_cache')).toBe(0)
  expect(allCached(await one.personalize(other, lesson))).toBe(false)

  const said = two.api.log.map((line) => JSON.parse(line)).filter(({ removed }) => removed)
  expect(said.at(-1)).toMatchObject({ removed: { rewrites: left, learners: 0 } })
  expect(two.api.log.join('')).not.toContain(idle)
})

it('works in small batches, and forgets lessons of which nothing is left', async () => {
  await orm.execute(sql`
    insert into personalized_content_cache
      (section_hash, profile_hash, version_hash, rewrite, receipt, model, prompt_tokens, completion_tokens, last_used_at)
    select 's' || i, 'p', 'v', '{}', '{}', 'm', 0, 0, now() - interval '40 days' from generate_series(1, 450) i`)
  await orm.execute(sql`
    insert into personalized_content_cache
      (section_hash, profile_hash, version_hash, rewrite, receipt, model, notice, prompt_tokens, completion_tokens, last_used_at)
    values ('sample', 'p', 'v', '{}', '{}', 'm', 'sample', 0, 0, now() - interval '400 days')`)
  await orm.execute(sql`
    insert into lessons (lesson_hash, section_hashes, created_at)
    values ('old', array['s1', 's2'], now() - interval '40 days'),
      ('sampled', array['sample'], now() - interval '40 days')`)
  await orm.execute(
    sql`
    insert into site_lessons (site_id, lesson_hash, last_seen_at)
    values ('a', 'old', now() - interval '40 days'), ('b', 'old', now()), ('a', 'sampled', now() - interval '40 days')`,
  )
  await orm.execute(sql`
    insert into rewrite_leases (section_hash, profile_hash, version_hash, attempt, run, blocks, lease_until)
    values ('a', 'b', 'c', 1000001, 1000001, 1, now() - interval '2 days')`)
  await nextDay()
  expect(await one.api.retention.run()).toEqual({ rewrites: 450, learners: 0, lessons: 1 })
  const left = await orm.execute<{ hash: string }>(
    sql`select section_hash as hash from personalized_content_cache where section_hash = 'sample' union all
      select lesson_hash from lessons where lesson_hash in ('old', 'sampled') union all
      select lesson_hash from site_lessons union all select section_hash from rewrite_leases where attempt = 1000001`,
  )
  expect(left.map(({ hash }) => hash)).toEqual(['sample', 'sampled', 'old', 'sampled'])
  expect(await one.api.metrics.registry.metrics()).toContain(
    'lectern_retention_deleted_total{what="rewrites"} 450',
  )
})

it('keeps what the settings say to keep for ever', async () => {
  const keeping = await startLessonApi({}, { beside: one.api })
  await nextDay()
  await age('users', 'created_at', 9000)
  await age('user_preferences', 'updated_at', 9000)
  const before = await count('users')
  expect(await keeping.api.retention.run()).toEqual({ rewrites: 0, learners: 0, lessons: 0 })
  expect(await count('users')).toBe(before)
  await keeping.close()
})
