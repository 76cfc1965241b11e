import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiProcess, Arrival } from '../routes/testing/api-process.ts'
import { lessonBlocks, upload } from '../routes/testing/lesson-api.ts'
import { LEASE_S, makeLearner, type OpenedStack, openStack } from './testing/faulty-stack.ts'

const HOUR_MS = 3_600_000
const SECTIONS = 4

let stack: OpenedStack
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack?.close())

/** A process whose clock is wrong by so much. */
async function startShifted(ms: number): Promise<ApiProcess> {
  const hook = fileURLToPath(new URL('./testing/shifted-clock.ts', import.meta.url))
  const api = await stack.launch({ NODE_OPTIONS: `--import=${hook}`, CLOCK_SHIFT_MS: String(ms) }).started
  const learner = await makeLearner(api)
  const exported = await api.send('GET', `/api/user/${learner}/export`, learner)
  const { exported_at } = (await exported.json()) as { exported_at: string }
  expect(Math.abs(Date.parse(exported_at) - Date.now() - ms)).toBeLessThan(HOUR_MS / 2)
  return api
}

function expectWhole(arrived: Arrival[]): void {
  expect(arrived.at(-1)).toMatchObject({ event: 'done', data: { receipt: { rewritten: SECTIONS } } })
}

it('processes whose clocks are hours apart make a lesson once, and take over from one that is killed', async () => {
  const [fast, slow] = await Promise.all([startShifted(HOUR_MS), startShifted(-HOUR_MS)])
  const learner = await makeLearner(slow)
  // Longer than a lease, which is renewed meanwhile.
  stack.model.configure({ ttft_ms: 2 * LEASE_S * 1000 })
  const lesson = upload(lessonBlocks())
  const led = fast.stream('/api/personalize', learner, lesson)
  await expect.poll(() => stack.model.requests.length).toBe(SECTIONS)
  const followed = slow.stream('/api/personalize', learner, lesson)
  for (const arrived of await Promise.all([led, followed])) expectWhole(arrived)
  expect(stack.model.requests).toHaveLength(SECTIONS)

  stack.model.configure({ ttft_ms: 60_000 })
  const next = upload(lessonBlocks())
  const cut = fast.stream('/api/personalize', learner, next).catch(() => [])
  await expect.poll(() => stack.model.requests.length).toBe(SECTIONS)
  await fast.end('SIGKILL')
  await cut
  stack.model.configure({})
  expectWhole(await slow.stream('/api/personalize', learner, next))
  expect(stack.model.requests).toHaveLength(SECTIONS)
})
