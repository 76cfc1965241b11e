import { afterAll, expect, it } from 'vitest'
import { fuzzedOperations, fuzzOperation } from './testing/fuzz-api.ts'
import { makeFuzzedWorld } from './testing/fuzzed-world.ts'
import { startLessonApi } from './testing/lesson-api.ts'

/** Of each operation; there is no end to the requests that could be made. */
const RUNS = 200
const lessonApi = await startLessonApi()
const { api, close } = lessonApi
afterAll(close)

it('answers thousands of random requests as it is described, and is as well as before', async () => {
  await api.startWarmups()
  const operations = await fuzzedOperations(api.url)
  const sent: Record<string, number> = {}
  for (const operation of operations) {
    const statuses = await fuzzOperation(api.url, operation, await makeFuzzedWorld(lessonApi), RUNS)
    for (const [status, count] of Object.entries(statuses)) sent[status] = (sent[status] ?? 0) + count
  }
  // biome-ignore lint/suspicious/noConsole: what is sampled says how much of it ran.
  console.log(`Random requests to ${operations.length} operations, by status: ${JSON.stringify(sent)}`)
  expect(sent['200'] ?? 0).toBeGreaterThan(operations.length)
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200)
})
