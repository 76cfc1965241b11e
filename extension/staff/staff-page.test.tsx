// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import type { Course, Site } from '@lectern/shared'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { makeExport } from '../storage/export-file.ts'
import { keepStaffSession, readStaffSession } from '../storage/staff-session.ts'
import '../storage/testing/database.ts'
import { StaffPage } from './staff-page.tsx'
import { resumeSession, staffStore } from './staff-store.ts'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

const loops: Site = { id: 'loops', name: 'Loops', patterns: ['https://a.example/*'], policy: 'allow' }
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
const session = { api_url: 'https://api.example', token: 'right' }
const later = '2030-01-01T00:00:00.000Z'

type Call = { method: string; path: string; token: string | null; body: unknown }

let root: Root
let calls: Call[]
/** What the API answers instead of its usual answer, by method and path. */
let answers: Record<string, { status: number; body: unknown }>

beforeEach(() => {
  fakeBrowser.reset()
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  Object.assign(fakeBrowser, { permissions: { request: async () => true, contains: async () => true } })
  ;[calls, answers, location.hash] = [[], {}, '']
  vi.stubGlobal('fetch', async (request: Request) => answer(request))
  staffStore.setState({ status: 'starting' }, true)
})
afterEach(() => act(() => root.unmount()))

async function answer(request: Request): Promise<Response> {
  const { method, url, headers } = request
  const path = new URL(url).pathname
  const token = headers.get('authorization')
  const text = await request.text()
  calls.push({ method, path, token, body: text && JSON.parse(text) })
  const given = answers[`${method} ${path}`]
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
    'GET /api/sites/loops/lessons': { lessons: [lesson] },
    'GET /api/sites/loops/reports': { reports: [report] },
    'PUT /api/sites/loops/reports/3f1c2b4a-0000-4000-8000-000000000000': report,
    'DELETE /api/sites/loops/rewrites': { deleted_count: 4 },
    'GET /api/courses': { courses: [algebra] },
    'GET /api/sites/loops/history': {
      changes: [{ change: 1, site: 'loops', changed_at: later, changed_by: 'Bilal', after: loops }],
    },
  }
  return Response.json(usual[`${method} ${path}`] ?? { change: 2 })
}

function refused(error: string, status: number, detail?: string): Response {
  return Response.json({ error, message: `refused: ${error}`, detail }, { status })
}

async function show(): Promise<HTMLElement> {
  const page = document.body.appendChild(document.createElement('div'))
  root = createRoot(page)
  await act(async () => root.render(<StaffPage />))
  await act(() => resumeSession())
  return page
}

function type(page: HTMLElement, id: string, text: string): void {
  const field = page.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  act(() => {
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, text)
    field?.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

async function press(page: HTMLElement, label: string): Promise<void> {
  const buttons = [...page.querySelectorAll<HTMLElement>('button, a')]
  const button = buttons.find((one) => one.textContent === label)
  if (button === undefined) throw new Error(`no button "${label}"`)
  await act(async () => button.click())
  // The calls to the API that this made, and what they make.
  await act(() => new Promise((resolve) => setTimeout(resolve, 30)))
}

describe('signing in', () => {
  it('says what a wrong token is, lets a right one in, and forgets it at the end', async () => {
    const page = await show()
    type(page, 'api', 'https://api.example')
    type(page, 'token', 'wrong')
    await press(page, 'Sign in')
    expect(page.textContent).toContain('This token does not hold')
    expect(await readStaffSession()).toBeUndefined()
    type(page, 'token', ' right ')
    await press(page, 'Sign in')
    expect(page.textContent).toContain('Signed in as Amina at api.example')
    expect(await fakeBrowser.storage.local.get('staff_session')).toEqual({})
    expect(await readStaffSession()).toEqual(session)
    expect(page.innerHTML).not.toContain('right')
    await press(page, 'Sign out')
    expect(await readStaffSession()).toBeUndefined()
    expect(page.querySelector('#token')).not.toBeNull()
  })

  it('says that too many wrong tokens came, and that the API is away', async () => {
    const page = await show()
    type(page, 'token', 'any')
    answers['GET /api/staff'] = {
      status: 429,
      body: { error: 'too_many_requests', message: '', retry_after: 9 },
    }
    await press(page, 'Sign in')
    expect(page.textContent).toContain('Wait a minute')
    answers['GET /api/staff'] = { status: 502, body: 'a proxy' }
    await press(page, 'Sign in')
    expect(page.textContent).toContain('The API does not answer')
  })

  it('stays signed in when the API is away, and not when the token does not hold any more', async () => {
    await keepStaffSession(session, true)
    answers['GET /api/staff'] = { status: 503, body: 'a proxy' }
    const page = await show()
    expect(page.textContent).toContain('The API does not answer')
    answers = {}
    await press(page, 'Retry')
    expect(page.textContent).toContain('Signed in as Amina')
    answers['GET /api/sites/loops/history'] = { status: 401, body: { error: 'not_authorized', message: '' } }
    await press(page, 'Loops')
    await act(async () => void dispatchEvent(new Event('hashchange')))
    await vi.waitFor(() => expect(page.textContent).toContain('This token does not hold'))
    expect(await readStaffSession()).toBeUndefined()
  })

  it('leaves the token out of an export', async () => {
    await keepStaffSession(session, true)
    expect(await makeExport({ ok: true, learner: null })).not.toContain('right')
    await show()
  })
})

describe('a textbook', () => {
  async function showNew(): Promise<HTMLElement> {
    await keepStaffSession(session, false)
    location.hash = '#/new'
    const page = await show()
    type(page, 'name', 'Sorting')
    type(page, 'id', 'sorting')
    type(page, 'patterns', 'https://b.example/sorting/*')
    return page
  }

  it('is added with all fields', async () => {
    const page = await showNew()
    type(page, 'ignore', '.pager\n\n.ad')
    await press(page, 'Add this textbook')
    expect(calls).toContainEqual({
      method: 'POST',
      path: '/api/sites',
      token: 'Bearer right',
      body: {
        id: 'sorting',
        name: 'Sorting',
        patterns: ['https://b.example/sorting/*'],
        ignore: ['.pager', '.ad'],
        policy: 'allow',
      },
    })
    expect(location.hash).toBe('#/site/sorting')
  })

  it('is not sent while the schema does not take it: its field says so', async () => {
    const page = await showNew()
    type(page, 'id', 'Sorting!')
    await press(page, 'Add this textbook')
    expect(calls.filter(({ method }) => method === 'POST')).toEqual([])
    expect(page.querySelector('#id')?.getAttribute('aria-invalid')).toBe('true')
    expect(page.querySelector('#id-problem')?.textContent).toMatch(/not taken/)
    expect(document.activeElement?.id).toBe('id')
  })

  it('shows the API’s answer at its field', async () => {
    const page = await showNew()
    const message = 'patterns.0 must be on the public internet'
    answers['POST /api/sites'] = {
      status: 400,
      body: { error: 'validation_failed', message, detail: 'patterns.0' },
    }
    await press(page, 'Add this textbook')
    expect(page.querySelector('#patterns-problem')?.textContent).toBe(message)
  })

  it('has a history, each change of which can be undone', async () => {
    await keepStaffSession(session, false)
    location.hash = '#/site/loops'
    const page = await show()
    await vi.waitFor(() => expect(page.textContent).toContain('Bilal'))
    await press(page, 'Undo')
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toContain(
      'POST /api/sites/loops/history/1/undo',
    )
    expect(page.textContent).toContain('Undone.')
  })
})

describe('what became of a textbook', () => {
  beforeEach(async () => {
    await keepStaffSession(session, false)
    location.hash = '#/site/loops'
  })

  it('is drawn by day, and said as a table', async () => {
    const page = await show()
    await vi.waitFor(() => expect(page.querySelectorAll('.plot')).toHaveLength(4))
    const rows = [...page.querySelectorAll('.usage table tr')].map((row) => row.textContent)
    expect(rows).toHaveLength(5)
    expect(rows[2]).toContain('1,200')
    expect(page.querySelectorAll('.plot rect')).toHaveLength(3 * 4)
  })

  it('is a report with the learner’s words until it is done', async () => {
    const page = await show()
    await vi.waitFor(() => expect(page.textContent).toContain('The words that were hard.'))
    expect(page.textContent).toContain('It is hard to read')
    await press(page, 'Done')
    expect(calls).toContainEqual(expect.objectContaining({ method: 'PUT', body: { resolved: true } }))
    expect(page.textContent).not.toContain('The words that were hard.')
  })

  it('is dropped only after it was asked', async () => {
    const page = await show()
    await vi.waitFor(() => expect(page.textContent).toContain('For loops'))
    await press(page, 'Make anew')
    expect(calls.map(({ method }) => method)).not.toContain('DELETE')
    expect(page.textContent).toContain('Drop the rewrites of For loops?')
    await press(page, 'Make anew')
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /api/sites/loops/rewrites')
    expect(page.textContent).toContain('Rewrites dropped: 4')
  })
})

it('copies a course’s link', async () => {
  const copied: string[] = []
  const clipboard = { writeText: async (text: string) => void copied.push(text) }
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true })
  await keepStaffSession(session, false)
  const page = await show()
  await press(page, 'Copy course link')
  expect(copied).toEqual(['https://api.example/course/algebra'])
  expect(page.textContent).toContain('Copied: https://api.example/course/algebra')
})
