import { formatProfile, profileOf } from '@lectern/shared'
import { answers } from './learner-calls.ts'
import { lessonBlocks, stream, upload } from './lesson-api.ts'

export const learner = 'ca4a21e5-0000-4000-8000-0000ca4a21e5'
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
export const bodies: Record<string, unknown[]> = {
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

/** What must be told to nobody: ids, hashes, addresses and words of these calls. */
export const secrets: readonly string[] = [
  learner,
  row,
  hash,
  name,
  word,
  profile,
  'graduate',
  ...lesson.sections.map((section) => section.hash),
]

export type Operation = { method: string; path: string; operationId: string; takesBody: boolean }

/** Each call of the API's own description, with names put into its address. */
export async function everyOperation(url: string): Promise<Operation[]> {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? `no-${param}`),
      operationId,
      takesBody: requestBody !== undefined,
    })),
  )
  // Those that delete come last: the others have something to find.
  return operations.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
}

/** Each call with all that is secret, as a learner and as staff; gives how often each status came. */
export async function callEverything(apiUrl: string, token: string): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  for (const { method, path, operationId, takesBody } of await everyOperation(apiUrl))
    for (const body of takesBody ? (bodies[operationId] ?? []) : [undefined])
      for (const search of ['', query]) {
        const answer = await fetch(apiUrl + path + search, {
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
