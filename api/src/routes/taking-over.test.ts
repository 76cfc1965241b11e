import postgres from 'postgres'
import { expect, it, onTestFinished } from 'vitest'
import { startStandInModel } from '../../load/stand-in-model.ts'
import { startTestPostgres } from '../storage/test-postgres.ts'
import { startApiProcess } from './testing/api-process.ts'
import {
  allCached,
  events,
  lessonBlocks,
  preferences,
  startLessonApi,
  stream,
  upload,
} from './testing/lesson-api.ts'

/** Longer than a test may take: what goes on before that was given, not waited for. */
const leaseMs = 300_000

it('goes on at once in another process when one is stopped in good order', async () => {
  const staying = await startLessonApi({}, { leaseMs })
  const leaving = await startLessonApi({}, { leaseMs, beside: staying.api })
  leaving.model.configure({ ttft_ms: 1_500 })
  const lesson = upload(lessonBlocks())
  const user = await staying.learner()
  const cut = leaving
    .send('POST', '/api/personalize', user, lesson, stream)
    .then(events)
    .catch(() => [])
  await expect.poll(() => leaving.model.requests.length).toBe(4)
  const followed = await staying.send('POST', '/api/personalize', user, lesson, stream)
  await leaving.close()
  await cut
  const shown = await events(followed)
  expect(shown.at(-1)).toMatchObject({ event: 'done', data: { receipt: { rewritten: 4 } } })
  expect(staying.model.requests).toHaveLength(4)
  await staying.close()
})

it('survives a crash of the database, which empties its unlogged tables', async () => {
  const server = await startTestPostgres()
  onTestFinished(server.stop)
  const model = await startStandInModel()
  onTestFinished(model.close)
  model.configure({ ttft_ms: 500, tokens_per_second: 12 })
  const env = { DATABASE_URL: server.url, OPENAI_BASE_URL: model.url, LLM_MODEL: 'stand-in' }
  const [one, two] = await Promise.all([startApiProcess(env), startApiProcess(env)])
  onTestFinished(async () => {
    await Promise.all([one, two].map((process) => process.end('SIGKILL')))
  })
  const user_id = crypto.randomUUID()
  await one.send('POST', '/api/user/create', undefined, { user_id })
  await one.send('POST', '/api/onboarding', undefined, { user_id, ...preferences })
  const lesson = upload(lessonBlocks())
  const led = one.stream('/api/personalize', user_id, lesson)
  await expect.poll(() => model.requests.length).toBe(4)
  const followed = two.stream('/api/personalize', user_id, lesson)
  await untilStepsAreThere(server.url)
  await killBackend(server.url)
  for (const arrived of await Promise.all([led, followed])) {
    expect(arrived.at(-1)).toMatchObject({ event: 'done', data: { receipt: { rewritten: 4 } } })
    const blocks = arrived.filter(({ event }) => event === 'block')
    expect(new Set(blocks.map(({ data }) => JSON.stringify([data.section, data.block]))).size).toBe(8)
    expect(blocks).toHaveLength(8)
  }
  expect(model.requests).toHaveLength(4)
  const again = await two.send('POST', '/api/personalize', user_id, lesson)
  expect(allCached((await again.json()) as Parameters<typeof allCached>[0])).toBe(true)
})

async function untilStepsAreThere(url: string): Promise<void> {
  const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
  await expect.poll(async () => (await client`select from rewrite_steps`).length).toBeGreaterThan(0)
  await client.end()
}

/** PostgreSQL then takes its memory for damaged, ends all connections and recovers from its log. */
async function killBackend(url: string): Promise<void> {
  const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
  const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`
  if (row !== undefined) process.kill(row.pid, 'SIGKILL')
  await client.end({ timeout: 0 })
}
