import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { preferences } from '../routes/testing/lesson-api.ts'
import { openTestDatabase, type TestDatabase } from '../test-api.ts'
import { createLearnerStore } from './learner-store.ts'
import { countQueries } from './test-count-queries.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('looks up all at once who ask at the same time, each by an id in any case', async () => {
  const { database, counts } = countQueries(test.database)
  const store = createLearnerStore(database)
  const ids = Array.from({ length: 50 }, () => randomUUID())
  await Promise.all(ids.map((id) => store.create(id)))
  await store.savePreferences(ids[3] ?? '', preferences)
  counts.reads = 0
  const found = await Promise.all([
    ...ids.map((id) => store.find(id.toUpperCase())),
    store.find(randomUUID()),
  ])
  expect(found.map((learner) => learner?.user_id)).toEqual([...ids, undefined])
  expect(found.flatMap((learner) => learner?.preferences ?? [])).toEqual([preferences])
  expect(counts.reads).toBe(1)
})

it('finds what was changed before it was asked', async () => {
  const store = createLearnerStore(test.database)
  const id = randomUUID()
  const early = store.find(id)
  await store.create(id)
  expect([await early, await store.find(id)].at(-1)).toMatchObject({ user_id: id })
})
