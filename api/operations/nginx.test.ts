import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it, onTestFinished } from 'vitest'
import { startStandInModel } from '../load/stand-in-model.ts'
import { startApiProcess } from '../src/routes/testing/api-process.ts'
import { events, lessonBlocks, preferences, stream, upload } from '../src/routes/testing/lesson-api.ts'
import { freePort } from '../src/storage/test-pgbouncer.ts'
import { createDatabase } from '../src/storage/test-postgres.ts'

/** Debian puts it where only administrators look. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` }

const missing = isInstalled() ? undefined : 'not run: nginx is not installed'

it.skipIf(missing)(
  `spreads requests over two processes, streams at once and hands on who asks ${missing ?? ''}`,
  async () => {
    const database = await createDatabase(inject('postgresUrl'))
    onTestFinished(database.drop)
    const model = await startStandInModel()
    onTestFinished(model.close)
    const settings = {
      DATABASE_URL: database.url,
      OPENAI_BASE_URL: model.url,
      LLM_MODEL: 'stand-in',
      LECTERN_TRUST_PROXY: 'loopback',
      LECTERN_NEW_LEARNERS_PER_ADDRESS: '2',
    }
    const two = await Promise.all([startApiProcess(settings), startApiProcess(settings)])
    onTestFinished(() => Promise.all(two.map((api) => api.end('SIGTERM'))).then(() => undefined))
    const proxy = await startNginx(two.map(({ url }) => new URL(url).port))
    onTestFinished(proxy.stop)

    const send = (path: string, body?: object, headers: Record<string, string> = {}) =>
      fetch(proxy.url + path, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      })
    const user_id = randomUUID()
    expect((await send('/api/user/create', { user_id })).status).toBe(201)
    expect((await send('/api/onboarding', { user_id, ...preferences })).status).toBe(200)

    model.configure({ ttft_ms: 2_000 })
    const lesson = upload(lessonBlocks())
    const answer = await send('/api/personalize', lesson, { ...stream, 'x-user-id': user_id })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    // The plan is here before the model has said a word.
    const reader = answer.clone().body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^event: plan\n/)
    await expect.poll(() => model.open()).toBe(4)
    expect((await events(answer)).at(-1)?.event).toBe('done')
    expect((await send('/api/personalize', { ...lesson, padding: 'x'.repeat(600_000) })).status).toBe(413)

    // Whoever says to be someone else is still who they are: two learners an hour in each process.
    const made = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const claim = { 'x-forwarded-for': `192.0.2.${i}` }
        return (await send('/api/user/create', { user_id: randomUUID() }, claim)).status
      }),
    )
    expect(made.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5)

    // Without one of the two, all is served by the other.
    await two[0]?.end('SIGKILL')
    const alive = await Promise.all(Array.from({ length: 6 }, () => send('/readyz')))
    expect(alive.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    const log = await proxy.log()
    expect(log).toMatch(/ 127\.0\.0\.1:\d+ \d+\n/)
    expect(log).not.toContain(user_id)
  },
)

function isInstalled(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore', env })
    return true
  } catch {
    return false
  }
}

/** nginx with the file that we ship, on free ports. */
async function startNginx(ports: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-nginx-'))
  const port = await freePort()
  const shipped = await readFile(new URL('./nginx.conf', import.meta.url), 'utf8')
  const [first = '', second = ''] = ports
  const config = shipped
    .replace('worker_processes auto;', 'worker_processes 1;')
    .replace('127.0.0.1:8787', `127.0.0.1:${first}`)
    .replace('127.0.0.1:8788', `127.0.0.1:${second}`)
    .replace('/var/log/nginx/lectern.log', join(folder, 'access.log'))
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
  const file = join(folder, 'nginx.conf')
  await writeFile(file, config)
  // As root, its workers run under another account; its own folders are Debian's.
  const own = `daemon off; pid ${join(folder, 'nginx.pid')};`
  const server = spawn('nginx', ['-p', folder, '-c', file, '-g', own], { env })
  let said = ''
  for (const output of [server.stdout, server.stderr])
    output.on('data', (text) => {
      said += String(text)
    })
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(`${url}/livez`).then(
          ({ status }) => status,
          () => said,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  return {
    url,
    log: async () => said + (await readFile(join(folder, 'access.log'), 'utf8')),
    async stop() {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
