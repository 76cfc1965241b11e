/**
 * Learners of Lectern for k6 0.57 or later, beside the plan.json that `pnpm load class --k6 FOLDER` writes:
 * k6 run -e API=http://localhost:8787 lectern.ts
 * It needs nothing but k6: a plan is data, and this file imports only types beside k6's own modules.
 */
import { check } from 'k6'
import { randomBytes } from 'k6/crypto'
import { SharedArray } from 'k6/data'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import type { K6Plan } from './k6-plan.ts'

/** A list of the plan, of which all of k6's runtimes share one copy. */
function list<Name extends keyof Lists>(name: Name): readonly Lists[Name][number][] {
  const read = (): Lists[Name][number][] => (JSON.parse(open('./plan.json')) as Lists)[name]
  return new SharedArray(name, read)
}

type Lists = Pick<K6Plan, 'lessons' | 'learners' | 'stored' | 'parts' | 'visits'>

const [lessons, people, stored, parts, visits] = [
  list('lessons'),
  list('learners'),
  list('stored'),
  list('parts'),
  list('visits'),
]

const api = __ENV.API ?? 'http://localhost:8787'
const site = __ENV.SITE

const whole = new Trend('lectern_whole_lesson', true)
const sections = new Counter('lectern_sections')
const wrong = new Rate('lectern_wrong_visits')

export const options: Options = {
  setupTimeout: '15m',
  scenarios: Object.fromEntries(
    parts.map(({ part, startMs, spanMs, count }) => [
      part,
      {
        executor: 'constant-arrival-rate' as const,
        startTime: `${startMs}ms`,
        rate: count,
        timeUnit: `${spanMs}ms`,
        duration: `${spanMs}ms`,
        preAllocatedVUs: Math.min(count, 500),
        maxVUs: count,
        gracefulStop: '3m',
        tags: { part },
      },
    ]),
  ),
  thresholds: { lectern_wrong_visits: ['rate==0'], dropped_iterations: ['count==0'] },
}

type Learners = { ids: string[] }

/** Makes the learners known and has stored what they read before. */
export function setup(): Learners {
  const ids = people.map(({ preferences }) => {
    const id = newId()
    send('POST', '/api/user/create', id, { user_id: id })
    send('POST', '/api/onboarding', id, { user_id: id, ...preferences })
    return id
  })
  for (const { learner, lesson } of stored) visit({ ids }, learner, lesson)
  return { ids }
}

/** The next visit of its part. */
export default function comeBy(learners: Learners): void {
  const { name, iterationInTest } = exec.scenario
  const part = parts.find((one) => one.part === name)
  // k6 may begin one more than there are visits, at the very end of its time.
  if (part === undefined || iterationInTest >= part.count) return
  const next = visits[part.from + iterationInTest]
  if (next === undefined) return
  const began = Date.now()
  const seen = visit(learners, next.learner, next.lesson)
  const isRight = check(seen, {
    'the lesson is whole': ({ isWhole }) => isWhole,
    'each block came once': ({ twice }) => twice === 0,
    'the receipt counts the blocks': ({ blocks, counted }) => blocks === counted,
  })
  wrong.add(!isRight)
  whole.add(Date.now() - began)
  for (const state of ['stored', 'making', 'missing']) sections.add(seen.states[state] ?? 0, { state })
}

/** What came of a lesson; its events are read when all are there, since k6 reads no streams. */
type Seen = {
  isWhole: boolean
  twice: number
  blocks: number
  counted: number
  states: Record<string, number>
}

/** By hash first, then with the text of what is missing, as the extension does. */
function visit({ ids }: Learners, learner: number, lesson: number): Seen {
  const [id, person, page] = [ids[learner], people[learner], lessons[lesson]]
  if (id === undefined || person === undefined || page === undefined)
    throw new Error('A visit of nobody, or to nothing.')
  const query = `profile=${person.profile}${site === undefined ? '' : `&site=${site}`}`
  const found = send('GET', `/api/rewrites/${page.hash}?${query}`, id)
  if (found.status !== 404) return read(found.status, found.text)
  const { missing = [] } = JSON.parse(found.text) as { missing?: string[] }
  const isWanted = (hash: string) => missing.length === 0 || missing.includes(hash)
  const upload = {
    ...page.body,
    sections: page.body.sections.map((section) =>
      isWanted(section.hash) ? section : { hash: section.hash },
    ),
  }
  const made = send('POST', '/api/personalize', id, upload)
  return read(made.status, made.text)
}

function send(
  method: 'GET' | 'POST',
  path: string,
  id: string,
  body?: object,
): { status: number; text: string } {
  const headers = {
    Accept: body === undefined || path === '/api/personalize' ? 'text/event-stream' : 'application/json',
    'X-User-ID': id,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  }
  // Addresses hold hashes: by their own name each would be a metric of its own.
  const tags = { name: `${method} ${path.split('?')[0]?.split('/').slice(0, 3).join('/')}` }
  const responseCallback = http.expectedStatuses(200, 201, 404)
  const answer = http.request(method, api + path, body === undefined ? null : JSON.stringify(body), {
    headers,
    tags,
    responseCallback,
    timeout: '180s',
  })
  return { status: answer.status, text: typeof answer.body === 'string' ? answer.body : '' }
}

function read(status: number, text: string): Seen {
  const seen: Seen = { isWhole: false, twice: 0, blocks: 0, counted: 0, states: {} }
  if (status !== 200) return seen
  const places: Record<string, true> = {}
  for (const event of text.split('\n\n')) {
    const [, name, json] = /^event: (\w+)\ndata: (.*)$/m.exec(event) ?? []
    if (name === undefined || json === undefined) continue
    const data = JSON.parse(json)
    if (name === 'plan')
      for (const { state } of data.sections as { state: string }[])
        seen.states[state] = (seen.states[state] ?? 0) + 1
    else if (name === 'block') {
      const place = `${data.section}.${data.block}`
      if (places[place]) seen.twice += 1
      places[place] = true
      seen.blocks += 1
    } else if (name === 'done') {
      const { rewritten, kept, folded, restored } = data.receipt as Record<string, number>
      seen.counted = (rewritten ?? 0) + (kept ?? 0) + (folded ?? 0) + (restored ?? 0)
      seen.isWhole = true
    }
  }
  return seen
}

/** A UUID of version 4, as the extension makes it. */
function newId(): string {
  const hex = [...new Uint8Array(randomBytes(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
