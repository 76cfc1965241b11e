import { afterAll, expect, it } from 'vitest'
import { fuzzedOperations, fuzzOperation } from './testing/fuzz-api.ts'
import { makeFuzzedWorld } from './testing/fuzzed-world.ts'
import { startLessonApi } from './testing/lesson-api.ts'

const RUNS = 20
const lessonApi = await startLessonApi()
const { api, close } = lessonApi
afterAll(close)
const operations = await fuzzedOperations(api.url)
await api.startWarmups()

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s answers random requests as it is described',
  async (_operationId, operation) => {
    const statuses = await fuzzOperation(api.url, operation, await makeFuzzedWorld(lessonApi), RUNS)
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(RUNS)
  },
)
