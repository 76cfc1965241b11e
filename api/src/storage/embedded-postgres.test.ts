import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { postgresAccount, programOptions } from './embedded-postgres/postgres-account.ts'
import { findPostmaster } from './embedded-postgres/postmaster.ts'
import { isAlive } from './embedded-postgres/process-status.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const isRoot = process.getuid?.() === 0
const steps: string[] = []
const servers: EmbeddedPostgres[] = []
const starters: ChildProcess[] = []
let template: string
let root: string
let folder: string

beforeAll(async () => {
  template = await temporaryFolder()
  const { stop } = await startEmbeddedPostgres({ folder: join(template, 'postgres') })
  await stop()
}, 60_000)

afterAll(() => rm(template, { recursive: true, force: true }))

beforeEach(async () => {
  root = await temporaryFolder()
  folder = join(root, 'postgres')
  steps.length = 0
})

afterEach(async () => {
  for (const starter of starters.splice(0)) starter.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
  if (await findPostmaster(join(folder, 'data'))) await (await start()).stop()
  await rm(root, { recursive: true, force: true })
}, 60_000)

async function temporaryFolder(): Promise<string> {
  const temporary = await mkdtemp(join(await realpath(tmpdir()), `lectern-test-${process.pid}-`))
  await chmod(temporary, 0o711) // as root, the server's account has to pass
  return temporary
}

/** Begins with the data of a second start: much quicker than a first one. */
function copyTemplate(): Promise<void> {
  return cp(join(template, 'postgres'), folder, { recursive: true })
}

function leavePidFile(pid: number): Promise<void> {
  const lines = [pid, `${folder}/data`, 1, 5432, '', '127.0.0.1', '', 'ready', '']
  return writeFile(join(folder, 'data/postmaster.pid'), lines.join('\n'))
}

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder, onStep: (step) => steps.push(step) })
  servers.push(server)
  return server
}

// postgres.js lets the types that it asks for by itself reject unheard when the server goes away.
async function ask(url: string, statement: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined })
  try {
    return Object.values((await sql.unsafe(statement))[0] ?? {})[0]
  } finally {
    await sql.end({ timeout: 1 }) // without a timeout it waits for ever once the server has ended a query's connection
  }
}

/** Another Node process that starts the server of `folder`, in a process group of its own like a terminal's. */
function startElsewhere(): ChildProcess & { said: Promise<string> } {
  const module = new URL('./embedded-postgres.ts', import.meta.url).href
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)}
    try {
      const { url } = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} })
      process.stdout.end(url)
    } catch (error) {
      process.stdout.end(error.code + ' ' + error.message)
    }
    setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  starters.push(starter)
  return Object.assign(starter, { said: text(starter.stdout) })
}

async function end(starter: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(starter, 'exit')
  process.kill(-Number(starter.pid), signal)
  await ended
}

async function postmasterPid(): Promise<number> {
  const postmaster = await findPostmaster(join(folder, 'data'))
  expect(postmaster?.status).toBe('ready')
  return postmaster?.pid ?? 0
}

describe('startEmbeddedPostgres', { timeout: 60_000 }, () => {
  it('makes a UTF-8 database on 127.0.0.1 behind a password that only its account can read', async () => {
    const { url, port, adopted } = await start()

    expect(adopted).toBe(false)
    expect(new URL(url)).toMatchObject({ hostname: '127.0.0.1', port: String(port), pathname: '/lectern' })
    expect(await ask(url, 'show server_encoding')).toBe('UTF8')
    expect(await ask(url, "select upper('é') || ('Z' < 'a')")).toBe('Étrue')
    expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1')
    expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600)
    await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  it('keeps the data between runs', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 1')
    await first.stop()

    const second = await start()
    expect(await ask(second.url, 'select count(*)::int from kept')).toBe(1)
    expect(second.adopted).toBe(false)
  })

  it('stops once, ends open connections, and may be asked again', async () => {
    await copyTemplate()
    const server = await start()
    const pid = await postmasterPid()
    const sleeping = expect(ask(server.url, 'select pg_sleep(60)')).rejects.toThrow()
    await sleep(100)

    await Promise.all([server.stop(), server.stop()])
    await server.stop()

    await sleeping
    expect(isAlive(pid)).toBe(false)
  })

  it('stops without complaint when the server has already died', async () => {
    await copyTemplate()
    const server = await start()
    process.kill(await postmasterPid(), 'SIGKILL')
    await server.stop()
  })

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'adopts the server of a process that ended by %s',
    async (signal) => {
      await copyTemplate()
      const starter = startElsewhere()
      const url = await starter.said
      const pid = await postmasterPid()
      await end(starter, signal)

      const server = await start()
      expect(server).toMatchObject({ url, adopted: true })
      expect(await postmasterPid()).toBe(pid)
      await server.stop()
      expect(await findPostmaster(join(folder, 'data'))).toBeUndefined()
    },
  )

  it('leaves the server to the living process that started it', async () => {
    await copyTemplate()
    const starter = startElsewhere()
    const url = await starter.said

    await expect(start()).rejects.toMatchObject({
      code: 'in_use',
      message: expect.stringContaining(`(process ${starter.pid}): stop that one first`),
    })
    expect(await ask(url, 'select 1')).toBe(1)
  })

  it('lets one of two first starts at once win', async () => {
    const said = await Promise.all([startElsewhere().said, startElsewhere().said])

    expect(said.filter((line) => line.startsWith('postgres://'))).toHaveLength(1)
    expect(said.filter((line) => line.startsWith('in_use '))).toHaveLength(1)
    expect(await readdir(root)).toEqual(['postgres'])
  })

  it('begins anew after a first start that was killed half way', async () => {
    const starter = startElsewhere()
    while (!(await readdir(root)).some((name) => name.startsWith('postgres.new-'))) await sleep(5)
    await end(starter, 'SIGKILL')
    expect(await readdir(root)).not.toContain('postgres')

    const server = await start()
    expect(await ask(server.url, 'select 1')).toBe(1)
    expect(await readdir(root)).toEqual(['postgres'])
  })

  it('starts over a postmaster.pid of a process that is gone', async () => {
    await copyTemplate()
    await leavePidFile(2 ** 22 + 1) // above Linux's highest process number

    const server = await start()
    expect(server.adopted).toBe(false)
    expect(await ask(server.url, 'select 1')).toBe(1)
  })

  it('starts over a postmaster.pid whose number another process of its account has now', async () => {
    await copyTemplate()
    const account = await postgresAccount(join(template, 'postgres'))
    const another = spawn('sleep', ['60'], { ...programOptions(account), stdio: 'ignore' })
    starters.push(another)
    await leavePidFile(Number(another.pid))

    const server = await start()
    expect(server.adopted).toBe(false)
    expect(await ask(server.url, 'select 1')).toBe(1)
    expect(another.exitCode).toBeNull()
  })

  it('recovers after the server itself was killed, while its last processes may still hold the data', async () => {
    await copyTemplate()
    const killed = await start()
    await ask(killed.url, 'create table kept as select 1')
    process.kill(await postmasterPid(), 'SIGKILL')

    const server = await start()
    expect(await ask(server.url, 'select count(*)::int from kept')).toBe(1)
  })

  it('tells what the server says when it cannot start, and the next step', async () => {
    await copyTemplate()
    await writeFile(join(folder, 'data/PG_VERSION'), '12\n')

    await expect(start()).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringMatching(
        /incompatible with server.*version 12.*Delete that folder.*DATABASE_URL/,
      ),
    })
  })

  it('tells when the password does not fit the data, and leaves nothing running', async () => {
    await copyTemplate()
    await writeFile(join(folder, 'password'), 'another')

    await expect(start()).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringContaining('password file'),
    })
    expect(await findPostmaster(join(folder, 'data'))).toBeUndefined()
  })

  it('touches no folder that holds something else', async () => {
    await mkdir(folder)
    await writeFile(join(folder, 'notes'), 'mine')

    await expect(start()).rejects.toMatchObject({
      code: 'folder_unusable',
      message: expect.stringContaining('something other'),
    })
    expect(await readFile(join(folder, 'notes'), 'utf8')).toBe('mine')
    expect(await readdir(root)).toEqual(['postgres'])
  })

  it('tells when the folder cannot be made', async () => {
    await writeFile(join(root, 'file'), '')

    await expect(startEmbeddedPostgres({ folder: join(root, 'file/postgres') })).rejects.toMatchObject({
      code: 'folder_unusable',
      message: expect.stringMatching(/cannot be used.*DATABASE_URL/),
    })
  })

  it('brings no statement and no value of an error into the log', async () => {
    await copyTemplate()
    const { url } = await start()
    await expect(ask(url, "select 'a lesson'::int")).rejects.toThrow()
    expect(await readFile(join(folder, 'server.log'), 'utf8')).not.toContain('lesson')
  })

  it.runIf(isRoot)('as root, keeps the data elsewhere when a folder above is closed', async () => {
    await chmod(root, 0o700)
    const first = await start()
    const place = await realpath(folder)
    try {
      await ask(first.url, 'create table kept as select 1')
      await first.stop()

      const second = await start()
      expect(await ask(second.url, 'select count(*)::int from kept')).toBe(1)
      expect(place).not.toContain(root)
      expect(steps).toContainEqual(expect.stringContaining(place))
      await second.stop()
    } finally {
      await first.stop()
      await rm(place, { recursive: true, force: true })
    }
  })
})
