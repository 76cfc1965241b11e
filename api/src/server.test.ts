import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Config, readConfig } from './config.ts'
import { answers, callApi, newLearner } from './routes/testing/learner-calls.ts'
import { startServer } from './server.ts'
import { createDatabase } from './storage/test-postgres.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
beforeAll(async () => {
  database = await createDatabase(inject('postgresUrl'))
})
afterAll(() => database.drop())

const configFor = (env: Record<string, string>): Config =>
  readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: database.url, ...env })

describe('startServer', () => {
  it('brings up the API over an empty database, with the demo textbook listed', async () => {
    const steps: string[] = []
    const server = await startServer(configFor({ LECTERN_DEMO_URL: 'http://localhost:8788/' }), {
      onStep: (step) => steps.push(step),
    })
    expect(steps).toEqual(['database', 'migrations', 'api'])
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${server.url}/api/sites`)).json()).toMatchObject({
      sites: [
        {
          id: 'lectern-demo',
          patterns: ['http://localhost:8788/*'],
          policy: 'allow',
          // With its samples; another engine answers only where a model runs on this machine.
          ...(server.engine.notice === 'study_aids' && { preferences: [] }),
        },
      ],
    })
    const course = await fetch(`${server.url}/api/courses/demo`)
    expect(await course.json()).toEqual({ code: 'demo', name: 'Demo textbook', sites: ['lectern-demo'] })
    await server.close()
    await server.close()
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow()
  })

  it('says what to do about a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await expect(startServer(configFor({ PORT: String(port) }))).rejects.toThrow(
      `Port ${port} is taken by another program: stop that one, or set PORT to a free port (0 for any).`,
    )
    other.close()
  })

  it('says what to do about a database that cannot be used, and shows no password', async () => {
    const changed = (change: (url: URL) => void) => {
      const url = new URL(database.url)
      change(url)
      return startServer(configFor({ DATABASE_URL: url.href, LECTERN_DATABASE_WAIT_SECONDS: '0' })).catch(
        (error: unknown) => String(error),
      )
    }
    const { host } = new URL(database.url)
    expect(
      await Promise.all([
        changed((url) => {
          url.port = '1'
        }),
        changed((url) => {
          url.password = 'wrong'
        }),
        changed((url) => {
          url.pathname = 'nowhere'
        }),
        changed((url) => {
          url.hostname = 'nowhere.invalid'
        }),
        changed((url) => {
          url.searchParams.set('sslmode', 'require')
        }),
      ]),
    ).toEqual([
      'StartError: Nothing answers at 127.0.0.1:1: start that PostgreSQL, or correct DATABASE_URL.',
      `StartError: PostgreSQL at ${host} refuses the user lectern or the password: correct DATABASE_URL.`,
      `StartError: PostgreSQL at ${host} has no database nowhere: create it, or correct DATABASE_URL.`,
      expect.stringMatching(/^StartError: The host nowhere\.invalid:\d+ .*DATABASE_URL\.$/),
      expect.stringMatching(/^StartError: .*DATABASE_URL\.$/),
    ])
  })

  it('says what to do about a host that is not this machine', async () => {
    await expect(startServer(configFor({ HOST: '192.0.2.1' }))).rejects.toThrow(
      /^HOST 192\.0\.2\.1 is no address of this machine: /,
    )
  })
})

describe('node api/src/server.ts', () => {
  function run(env: Record<string, string>): {
    process: ChildProcess
    output: () => string
    errors: () => string
  } {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./server.ts', import.meta.url))], {
      env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', DATABASE_URL: database.url, ...env },
    })
    let [output, errors] = ['', '']
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      errors += String(chunk)
    })
    return { process: child, output: () => output, errors: () => errors }
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves until %s, then ends in good order',
    async (signal) => {
      const server = run({})
      await expect.poll(server.output, { timeout: 10_000 }).toContain('Server listening at')
      const url = /http:[^"]+/.exec(server.output())?.[0]
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
      server.process.kill(signal)
      expect(await once(server.process, 'exit')).toEqual([0, null])
    },
    20_000,
  )

  it('says nothing of a learner where what was read cannot be written at the end', async () => {
    const server = run({ LECTERN_ALLOW_UNLISTED: '1', LOG_LEVEL: 'info' })
    await expect.poll(server.output, { timeout: 10_000 }).toContain('Server listening at')
    const url = /http:[^"]+/.exec(server.output())?.[0] ?? ''
    const learner = await newLearner(url, { ...answers, preferred_language: 'en' })
    const body = {
      lesson_slug: 'canary-slug',
      original_content: '# Birds\n\nA canary is a small bird that sings.',
    }
    const [status] = await callApi(url, 'POST', '/api/personalize', { learner, body })
    expect(status).toBe(200)
    const sql = postgres(database.url, { max: 1 })
    await sql`alter table user_lessons rename to away`
    server.process.kill('SIGTERM')
    expect(await once(server.process, 'close')).toEqual([1, null])
    await sql`alter table away rename to user_lessons`
    await sql.end()
    expect(server.errors()).toContain('without writing all that was pending')
    expect(server.errors() + server.output()).not.toMatch(new RegExp(`canary|${learner}`))
  }, 30_000)

  it('ends with one sentence and code 1 where it cannot start', async () => {
    const server = run({ PORT: 'eighty' })
    expect(await once(server.process, 'close')).toEqual([1, null])
    expect(server.errors()).toBe('PORT must be a port number from 0 (any free one) to 65535.\n')
    expect(server.output()).toBe('')
  })
})
