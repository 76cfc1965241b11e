import { randomUUID } from 'node:crypto'
import { reportsADay } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSiteStore } from '../storage/site-store.ts'
import { startTestApi, type TestApi } from '../test-api.ts'
import { callApi, failed, newLearner, unknownUser } from './testing/learner-calls.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi({ allowUnlisted: false })
  await createSiteStore(api.database).put({
    id: 'book',
    name: 'A Book',
    patterns: ['https://book.example/*'],
    policy: 'allow',
  })
})
afterAll(() => api.close())

const report = { lesson_hash: 'a'.repeat(64), url: 'https://book.example/loops', kind: 'wrong_content' }

const post = (learner: string, body: object) => callApi(api.url, 'POST', '/api/reports', { learner, body })

it('keeps a report for the staff of its site, without what the address may say of the reader', async () => {
  const learner = await newLearner(api.url)
  const url = `${report.url}?session=7#part`
  const [status, made] = await post(learner, {
    ...report,
    url,
    section: 2,
    block: 5,
    text: ' One\u0000\r\ntwo ',
  })
  expect([status, made]).toEqual([201, { report_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }])
  await post(learner, { ...report, kind: 'not_a_lesson' })
  const rows = await api.database.orm.execute(
    sql`select * from lesson_reports where user_id = ${learner}::uuid order by created_at`,
  )
  expect(rows).toMatchObject([
    {
      ...(made as object),
      site: 'book',
      lesson_hash: report.lesson_hash,
      url: report.url,
      section: 2,
      block: 5,
      kind: 'wrong_content',
      text: ' One\ntwo',
    },
    { section: null, block: null, kind: 'not_a_lesson', text: null },
  ])
})

it('takes so many within a day of a learner, and says when to come again', async () => {
  const [learner, other] = [await newLearner(api.url), await newLearner(api.url)]
  for (let i = 0; i < reportsADay; i++) expect(await post(learner, report)).toMatchObject([201, {}])
  const [status, refused] = await post(learner, report)
  expect([status, refused]).toMatchObject([429, { error: 'too_many_requests' }])
  const { retry_after } = refused as { retry_after: number }
  expect(retry_after).toBeGreaterThan(86_000)
  expect(retry_after).toBeLessThanOrEqual(86_400)
  expect(await post(other, report)).toMatchObject([201, {}])
  await api.database.orm.execute(
    sql`update lesson_reports set created_at = now() - interval '25 hours' where user_id = ${learner}::uuid`,
  )
  expect(await post(learner, report)).toMatchObject([201, {}])
})

it('refuses what it does not know, by name', async () => {
  const learner = await newLearner(api.url)
  expect(await post(randomUUID(), report)).toEqual(unknownUser)
  expect(await post(learner, { ...report, kind: 'rude' })).toEqual(
    failed(400, 'validation_failed', 'kind', /^kind must be one of wrong_content, missing_content, /),
  )
  expect(await post(learner, { ...report, comment: 'mine' })).toMatchObject([400, { detail: 'comment' }])
  expect(await post(learner, { ...report, text: 'x'.repeat(2001) })).toMatchObject([400, { detail: 'text' }])
  expect(await post(learner, { ...report, url: 'javascript:alert(1)' })).toEqual(
    failed(400, 'validation_failed', 'url'),
  )
  expect(await post(learner, { ...report, url: 'https://elsewhere.example/' })).toEqual(
    failed(403, 'site_not_listed', 'url'),
  )
})
