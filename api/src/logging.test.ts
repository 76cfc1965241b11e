import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorReport } from './error-report.ts'
import { startTestApi, type TestApi } from './test-api.ts'

const canary = 'CANARY'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('the log', () => {
  it('holds no id, key, text or address of a request, whatever goes wrong with it', async () => {
    const user_id = randomUUID()
    const answers = {
      education_level: 'graduate',
      programming_experience: 'none',
      subject_background: 'none',
      ai_ml_experience: 'none',
      learning_goals: ['hobby'],
      preferred_language: 'en',
    }
    const secrets = { 'X-User-ID': user_id, Authorization: `Bearer ${canary}`, Cookie: canary }
    const create = `${api.url}/api/user/create`
    const ask = async (path: string, init?: RequestInit) => (await fetch(path, init)).status

    expect(await ask(create, post({ user_id }, secrets))).toBe(201)
    expect(await ask(create, post(`{"user_id": "${canary}`))).toBe(400)
    expect(await ask(create, post({ user_id: canary, [canary]: 1 }))).toBe(400)
    expect(await ask(`${api.url}/api/user/${user_id}?q=${canary}`, { headers: secrets })).toBe(200)
    expect(await ask(`${api.url}/${canary}/%zz`)).toBe(400)
    expect(await ask(`${api.url}/${canary}`)).toBe(404)

    // A failed statement: drizzle's message quotes the parameters, PostgreSQL's detail the row.
    await api.database.orm.execute(
      sql`alter table user_preferences add constraint never check (preferred_language = 'x')`,
    )
    expect(await ask(`${api.url}/api/onboarding`, post({ user_id, ...answers }))).toBe(500)

    const log = api.log.join('')
    expect(log).not.toContain(canary)
    expect(log).not.toContain(user_id)
    expect(log).not.toContain('graduate')
    const lines = api.log.map((line) => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({ req: { method: 'GET', route: '/api/user/:user_id' }, status: 200 }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'request failed',
        req: { method: 'POST', route: '/api/onboarding' },
        err: expect.objectContaining({
          type: 'DrizzleQueryError',
          cause: expect.objectContaining({ type: 'PostgresError', message: 'PostgresError 23514' }),
        }),
      }),
    )
  })

  it('takes no message from an error, however it is logged', () => {
    const before = api.log.length
    const error = new Error(canary, { cause: new Error(canary) })
    api.app.log.error(error)
    api.app.log.error({ err: error })
    api.app.log.error({ err: error }, 'it failed')
    api.app.log.info({ lessons: 2 }, 'two lessons')
    const lines = api.log.slice(before).map((line) => JSON.parse(line))
    expect(lines.map(({ msg }) => msg)).toEqual(['error', 'error', 'it failed', 'two lessons'])
    expect(JSON.stringify(lines)).not.toContain(canary)
    expect(lines[2].err.stack).toContain('logging.test.ts')
  })
})

describe('errorReport', () => {
  it('gives frames alone, also where the message looks like one', () => {
    const report = errorReport(new TypeError(`broken\n    at ${canary} (file:///lesson.ts:1:1)\n${canary}`))
    expect(report).toMatchObject({ type: 'TypeError', message: 'TypeError' })
    expect(JSON.stringify(report)).not.toContain(canary)
    expect(report.stack).toMatch(/^ {4}at .*logging\.test\.ts/)
  })

  it('follows causes, not without end, and takes whatever was thrown', () => {
    const error = new Error(canary)
    error.cause = error
    expect(JSON.stringify(errorReport(error)).split('"type"').length).toBe(7)
    expect(errorReport(canary)).toEqual({ type: 'string', message: 'thrown', stack: '' })
  })
})
