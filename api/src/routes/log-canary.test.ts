import { formatProfile, profileOf } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answers } from './testing/learner-calls.ts'
import { lessonBlocks, startLessonApi, stream, upload } from './testing/lesson-api.ts'
import { makeStaffToken } from './testing/staff-calls.ts'

const learner = 'ca4a21e5-0000-4000-8000-0000ca4a21e5'
const row = 'ca4a21e6-0000-4000-8000-0000ca4a21e6'
const hash = 'ca4a21e'.padEnd(64, '0')
const name = 'canary-id'
const word = 'Kanarienvogel'
const url = `https://${name}.example/${word}`

const site = { id: name, name: word, patterns: [`https://${name}.example/*`], policy: 'allow' }
const { id: _id, ...siteFields } = site
const lesson = { ...upload(lessonBlocks(word), word), url, lesson_slug: word }
const profile = formatProfile(profileOf(answers))

/** What is sent to each call that takes a body. A new one needs its line. */
const bodies: Record<string, unknown[]> = {
  createUser: [{ user_id: learner }, { user_id: word }, word],
  completeOnboarding: [
    { user_id: learner, ...answers },
    { user_id: learner, [word]: word },
  ],
  changePreferences: [{ education_level: 'graduate' }, { education_level: word }],
  changeProgress: [
    { lessons: [{ site: name, lesson_slug: word, state: 'completed', seconds: 1, updated_at: new Date() }] },
  ],
  reportProblem: [{ lesson_hash: hash, url, kind: 'other', text: word }],
  personalize: [
    lesson,
    { lesson_slug: word, original_content: `# ${word}\n\n${word} is a bird.` },
    { [word]: 1 },
  ],
  addSite: [site, { ...site, patterns: [word] }],
  replaceSite: [{ ...siteFields, name: `${word} 2` }, { [word]: word }],
  saveCourse: [
    { name: word, sites: [name] },
    { name: word, sites: [word] },
  ],
  resolveReport: [{ resolved: true }],
  createWarmup: [
    { site: name, profiles: [profile] },
    { site: name, profiles: [word] },
  ],
  addWarmupLesson: [{ ...lesson, user_id: undefined }],
  changeWarmup: [{ state: 'paused' }],
}

/** Where an address holds a name, and what a query may be. */
const params: Record<string, string> = {
  user_id: learner,
  lesson_hash: hash,
  id: name,
  code: name,
  change: '1',
  report_id: row,
  warmup_id: row,
}
const query = `?profile=${profile}&site=${name}&lesson_hash=${hash}&q=${word}`

type Operation = { method: string; path: string; operationId: string; takesBody: boolean }

const { api, close, model } = await startLessonApi()
afterAll(close)

let operations: Operation[]
let token: string
beforeAll(async () => {
  token = (await makeStaffToken(api)).token
  const document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>
  }
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? `no-${param}`),
      operationId,
      takesBody: requestBody !== undefined,
    })),
  )
})

/** Each call with all that must not be told, as a learner and as staff; gives how often each status came. */
async function callAll(): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  // Those that delete come last: the others have something to find.
  const inOrder = operations.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
  for (const { method, path, operationId, takesBody } of inOrder)
    for (const body of takesBody ? (bodies[operationId] ?? []) : [undefined])
      for (const search of ['', query]) {
        const answer = await fetch(api.url + path + search, {
          method,
          headers: {
            ...stream,
            'x-user-id': learner,
            authorization: `Bearer ${token}`,
            referer: url,
            cookie: word,
            ...(takesBody && { 'content-type': 'application/json' }),
          },
          ...(takesBody && { body: JSON.stringify(body) }),
        })
        await answer.text()
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      }
  return statuses
}

/** What of the secrets is in the log. */
function told(): string[] {
  const log = api.log.join('')
  const secrets = [
    learner,
    row,
    hash,
    name,
    word,
    token,
    token.slice(-20),
    profile,
    'graduate',
    lesson.sections[0]?.hash,
  ]
  return secrets.filter(
    (secret) => secret !== undefined && log.toLowerCase().includes(secret.toLowerCase()),
  ) as string[]
}

it('knows a body for each call that takes one', () => {
  const taking = operations.filter(({ takesBody }) => takesBody).map(({ operationId }) => operationId)
  expect(Object.keys(bodies).toSorted()).toEqual(taking.toSorted())
  expect(operations.some(({ path }) => path.includes('no-'))).toBe(false)
  expect(operations.length).toBeGreaterThan(35)
})

it('lets nothing of a learner, a lesson, a site or a token into the log, on any route', async () => {
  const statuses = await callAll()
  expect(statuses.get(200) ?? 0).toBeGreaterThan(20)
  expect(statuses.get(400) ?? 0).toBeGreaterThan(5)
  expect(told()).toEqual([])
  expect(api.log.filter((line) => line.includes('request completed')).length).toBeGreaterThan(50)
})

it('nor when the model or the database fails, whose driver quotes every parameter', async () => {
  model.configure({ faults: [{ kind: 'garbage', times: 100 }] })
  await callAll()
  const tables = await api.database.orm.execute<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'staff_tokens'`)
  const rename = async (from: string, to: string) => {
    for (const table of tables)
      await api.database.orm.execute(
        sql`alter table ${sql.identifier(table.name + from)} rename to ${sql.identifier(table.name + to)}`,
      )
  }
  await rename('', '_away')
  const statuses = await callAll()
  await api.history.flush().catch((error: unknown) => api.app.log.warn(error))
  expect(statuses.get(500) ?? 0).toBeGreaterThan(20)
  expect(api.log.filter((line) => line.includes('DrizzleQueryError')).length).toBeGreaterThan(20)
  expect(told()).toEqual([])
  await rename('_away', '')
})
