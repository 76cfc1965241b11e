import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { startStandInModel } from '../../load/stand-in-model.ts'
import { events, lessonBlocks, preferences, stream, upload } from '../routes/testing/lesson-api.ts'
import { isAlive } from '../storage/embedded-postgres/process-status.ts'
import { createDatabase } from '../storage/test-postgres.ts'
import { readProcesses } from './read-processes.ts'

const program = fileURLToPath(new URL('../server.ts', import.meta.url))

const database = await createDatabase(inject('postgresUrl'))
const model = await startStandInModel()
const parents: ChildProcess[] = []
afterAll(async () => {
  for (const parent of parents)
    if (parent.exitCode === null && parent.signalCode === null) {
      parent.kill('SIGTERM')
      await once(parent, 'exit')
    }
  await model.close()
  await database.drop()
})

function run(args: string[], env: Record<string, string> = {}) {
  const parent = spawn(process.execPath, [program, ...args], {
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'info',
      LECTERN_ALLOW_UNLISTED: '1',
      LECTERN_METRICS_PORT: '0',
      LECTERN_STOP_SECONDS: '1',
      DATABASE_URL: database.url,
      OPENAI_BASE_URL: model.url,
      LLM_MODEL: 'stand-in',
      ...env,
    },
  })
  parents.push(parent)
  let said = ''
  for (const output of [parent.stdout, parent.stderr])
    output.on('data', (text) => {
      said += String(text)
    })
  const serving = () => [...said.matchAll(/Process (\d+) of the API serves/g)].map(([, pid]) => Number(pid))
  return { parent, said: () => said, serving }
}

/** Two processes that serve. */
async function runTwo(env?: Record<string, string>) {
  const two = run(['--processes', '2'], env)
  await vi.waitFor(() => expect(two.said()).toContain('Metrics at '), { timeout: 60_000, interval: 50 })
  const url = /Server listening at (http:[^"]+)/.exec(two.said())?.[1] ?? ''
  const metrics = /Metrics at (\S+)/.exec(two.said())?.[1] ?? ''
  return { ...two, url, metrics }
}

async function newReader(url: string): Promise<string> {
  const user_id = randomUUID()
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await post('/api/user/create', { user_id })
  await post('/api/onboarding', { user_id, ...preferences })
  return user_id
}

const personalize = (url: string, user: string, lesson: object) =>
  fetch(`${url}/api/personalize`, {
    method: 'POST',
    // A connection of its own each time, so that both processes are asked.
    headers: { ...stream, 'content-type': 'application/json', 'x-user-id': user, connection: 'close' },
    body: JSON.stringify(lesson),
  })

describe('--processes 2', () => {
  let two: Awaited<ReturnType<typeof runTwo>>
  beforeAll(async () => {
    two = await runTwo()
  })

  it('serves one address by both, makes a lesson once for all, and counts for all', async () => {
    const { url, metrics, serving } = two
    expect(new Set(serving()).size).toBe(2)
    const readers = await Promise.all(Array.from({ length: 8 }, () => newReader(url)))
    const lesson = upload(lessonBlocks())
    const read = await Promise.all(readers.map(async (user) => events(await personalize(url, user, lesson))))
    expect(read.map((shown) => shown.at(-1)?.event)).toEqual(readers.map(() => 'done'))
    expect(model.requests).toHaveLength(4)

    const text = await (await fetch(metrics)).text()
    const sum = (name: string) =>
      [...text.matchAll(new RegExp(`^${name}[ {].*? (\\d+)$`, 'gm'))].reduce(
        (all, [, n]) => all + Number(n),
        0,
      )
    expect(text).toContain('lectern_leases_total{event="led"} 4')
    expect(sum('lectern_sections_total')).toBe(32)
    expect(text).toMatch(/lectern_request_seconds_count\{.*route="\/api\/user\/create",status="201"\} 8/)
    expect(text).not.toContain(readers[0])
    expect((await fetch(metrics.replace('/metrics', '/'))).status).toBe(404)
  })

  it('starts another one where one was killed, and serves meanwhile', async () => {
    const { url, serving, said } = two
    const [victim = 0] = serving()
    const before = serving().length
    process.kill(victim, 'SIGKILL')
    await expect
      .poll(said)
      .toContain(`Process ${victim} of the API has ended (SIGKILL): another one starts in 1 s.`)
    const alive = () =>
      fetch(`${url}/readyz`, { headers: { connection: 'close' } }).then(({ status }) => status)
    expect(await Promise.all([alive(), alive(), alive()])).toEqual([200, 200, 200])
    await expect.poll(() => serving().length, { timeout: 60_000 }).toBe(before + 1)
  })

  it('says once why it cannot start', async () => {
    const { port } = new URL(two.url)
    const second = run(['--processes', '2'], { PORT: port })
    expect(await once(second.parent, 'exit')).toEqual([1, null])
    expect(second.said().match(/is taken by another program/g)).toHaveLength(1)
  })

  it('stops in good order: streams hear why, leases are given back, no process is left', async () => {
    const { url, parent, serving } = two
    model.configure({ ttft_ms: 60_000 })
    const user = await newReader(url)
    const shown = personalize(url, user, upload(lessonBlocks())).then(events)
    await expect.poll(() => model.requests.length, { timeout: 30_000 }).toBe(4)
    parent.kill('SIGTERM')
    expect((await shown).at(-1)).toMatchObject({
      event: 'failed',
      data: { error: 'overloaded', message: 'The API is being restarted. Try again in a moment.' },
    })
    expect(await once(parent, 'exit')).toEqual([0, null])
    expect(serving().filter(isAlive)).toEqual([])
    const sql = postgres(database.url, { max: 1 })
    const held = await sql`select 1 from rewrite_leases where lease_until > now()`
    await sql.end()
    expect(held).toHaveLength(0)
  })

  it('leaves no process behind when the parent is killed', async () => {
    const { parent, serving } = await runTwo()
    parent.kill('SIGKILL')
    await expect.poll(() => serving().filter(isAlive), { timeout: 30_000 }).toEqual([])
  })
})

describe('readProcesses', () => {
  it('takes --processes, behind the -- of pnpm, too, and one without it', () => {
    expect([[], ['--processes', '3'], ['--', '--processes=4']].map(readProcesses)).toEqual([1, 3, 4])
  })

  it.each([
    [['--processes', 'two'], '--processes must be a whole number from 1 to 256.'],
    [['--processes', '0'], '--processes must be a whole number from 1 to 256.'],
    [['--process', '2'], '--process 2 is not known: the only option is --processes N.'],
    [['4'], '4 is not known: the only option is --processes N.'],
  ])('refuses %j', (args, sentence) => {
    expect(() => readProcesses(args)).toThrow(sentence)
  })
})
