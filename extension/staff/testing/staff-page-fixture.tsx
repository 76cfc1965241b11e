import { locks } from 'node:worker_threads'
import type { Course, Site } from '@lectern/shared'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import '../../storage/testing/database.ts'
import { StaffPage } from '../staff-page.tsx'
import { resumeSession, staffStore } from '../staff-store.ts'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

export const loops: Site = { id: 'loops', name: 'Loops', patterns: ['https://a.example/*'], policy: 'allow' }
const algebra: Course = { code: 'algebra', name: 'Algebra I', sites: ['loops'] }
const used = {
  calls: 3,
  prompt_tokens: 900,
  completion_tokens: 300,
  cost: 0,
  made: 2,
  shared: 1,
  hits: 8,
  failed: 0,
  saved_tokens: 5400,
  saved_cost: 0,
}
const lesson = {
  lesson_hash: 'a'.repeat(64),
  title: 'For loops',
  first_seen: '2026-11-19T08:00:00.000Z',
  last_seen: '2026-11-19T09:00:00.000Z',
  readers: 7,
}
const report = {
  report_id: '3f1c2b4a-0000-4000-8000-000000000000',
  reported_at: '2026-11-19T09:00:00.000Z',
  kind: 'hard_to_read',
  lesson_hash: 'a'.repeat(64),
  url: 'https://a.example/for.html',
  text: 'The words that were hard.',
}
/** Of whoever may enter. */
export const session = { api_url: 'https://api.example', token: 'right' }
const later = '2030-01-01T00:00:00.000Z'

/** A call that the page made. */
type Call = { method: string; path: string; token: string | null; body: unknown }

let root: Root
/** Calls that are not answered yet. */
let underWay: number

/** The API in whose place this answers: what it was asked, and what it answers by method and path. */
export const api: {
  calls: Call[]
  /** Instead of its usual answer. */
  answers: Record<string, { status: number; body: unknown }>
} = { calls: [], answers: {} }

beforeEach(() => {
  fakeBrowser.reset()
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  Object.assign(fakeBrowser, { permissions: { request: async () => true, contains: async () => true } })
  ;[api.calls, underWay, api.answers, location.hash] = [[], 0, {}, '']
  vi.stubGlobal('fetch', async (asked: Request | string, options?: RequestInit) => {
    underWay += 1
    return answer(new Request(asked, options)).finally(() => {
      underWay -= 1
    })
  })
  staffStore.setState({ status: 'starting' }, true)
})
afterEach(() => act(() => root.unmount()))

async function answer(request: Request): Promise<Response> {
  const { method, url, headers } = request
  const { pathname: path, search } = new URL(url)
  const token = headers.get('authorization')
  const text = await request.text()
  api.calls.push({ method, path, token, body: text && JSON.parse(text) })
  const given = api.answers[`${method} ${path}`]
  if (given) return Response.json(given.body, { status: given.status })
  if (token !== 'Bearer right') return refused('not_authorized', 401)
  const usual: Record<string, unknown> = {
    'GET /api/staff': { name: 'Amina', expires_at: later },
    'GET /api/staff/sites': { day: '2026-11-20', sites: [{ site: loops, today: used, open_reports: 1 }] },
    'GET /api/sites/loops/usage': {
      from: '2026-11-18',
      to: '2026-11-20',
      days: [{ day: '2026-11-19', ...used }],
      total: used,
    },
    'GET /api/usage': {
      from: '2026-11-18',
      to: '2026-11-20',
      days: [{ day: '2026-11-19', ...used }],
      total: used,
    },
    'GET /api/sites/loops/lessons': { lessons: [lesson], next: '1-a' },
    'GET /api/sites/loops/lessons?after=1-a': {
      lessons: [{ ...lesson, lesson_hash: 'b'.repeat(64), title: 'While loops' }],
    },
    'GET /api/warmups': { warmups: [] },
    'GET /api/sites/loops/reports': { reports: [report] },
    'PUT /api/sites/loops/reports/3f1c2b4a-0000-4000-8000-000000000000': report,
    'DELETE /api/sites/loops/rewrites': { deleted_count: 4 },
    'GET /api/courses': { courses: [algebra] },
    'GET /api/sites/loops/history': {
      changes: [{ change: 1, site: 'loops', changed_at: later, changed_by: 'Bilal', after: loops }],
    },
  }
  return Response.json(usual[`${method} ${path}${search}`] ?? usual[`${method} ${path}`] ?? { change: 2 })
}

function refused(error: string, status: number, detail?: string): Response {
  return Response.json({ error, message: `refused: ${error}`, detail }, { status })
}

/** Opens the page; whose session is kept is signed in. */
export async function show(): Promise<HTMLElement> {
  const page = document.body.appendChild(document.createElement('div'))
  root = createRoot(page)
  await act(async () => root.render(<StaffPage />))
  await act(() => resumeSession())
  return page
}

/** Types into a field, by its id. */
export function type(page: HTMLElement, id: string, text: string): void {
  const field = page.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  act(() => {
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, text)
    field?.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

/** Waits for the calls to the API, and what they make: until none is under way for ten turns of the event loop. */
export async function settle(): Promise<void> {
  await act(async () => {
    for (let quiet = 0; quiet < 10; quiet = underWay === 0 ? quiet + 1 : 0)
      await new Promise((resolve) => setTimeout(resolve))
  })
}

/** Presses what has this label, and waits for what that makes. */
export async function press(page: HTMLElement, label: string): Promise<void> {
  const buttons = [...page.querySelectorAll<HTMLElement>('button, a')]
  const button = buttons.find((one) => one.textContent === label)
  if (button === undefined) throw new Error(`no button "${label}"`)
  await act(async () => button.click())
  await settle()
}
