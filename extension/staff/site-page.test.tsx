// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { keepStaffSession } from '../storage/staff-session.ts'
import { pageTabStore } from './page-tab.ts'
import { api, press, session, settle, show } from './testing/staff-page-fixture.tsx'

describe('what became of a textbook', () => {
  beforeEach(async () => {
    await keepStaffSession(session, false)
    location.hash = '#/site/loops'
  })

  it('is drawn by day, and said as a table', async () => {
    const page = await show()
    await expect.poll(() => page.querySelectorAll('.plot').length).toBe(4)
    const rows = [...page.querySelectorAll('.usage table tr')].map((row) => row.textContent)
    expect(rows).toHaveLength(5)
    expect(rows[2]).toContain('1,200')
    expect(page.querySelectorAll('.plot rect')).toHaveLength(3 * 4)
  })

  it('is a list of lessons that goes on where it was cut', async () => {
    const page = await show()
    await expect.poll(() => page.textContent).toContain('For loops')
    expect(page.textContent).not.toContain('While loops')
    await press(page, 'Show more')
    expect(page.textContent).toContain('For loops')
    expect(page.textContent).toContain('While loops')
    expect([...page.querySelectorAll('button')].map((button) => button.textContent)).not.toContain(
      'Show more',
    )
  })

  it('is a report with the learner’s words until it is done', async () => {
    const page = await show()
    await expect.poll(() => page.textContent).toContain('The words that were hard.')
    expect(page.textContent).toContain('It is hard to read')
    await press(page, 'Done')
    expect(api.calls).toContainEqual(expect.objectContaining({ method: 'PUT', body: { resolved: true } }))
    expect(page.textContent).not.toContain('The words that were hard.')
  })

  it('is dropped only after it was asked', async () => {
    const page = await show()
    await expect.poll(() => page.textContent).toContain('For loops')
    await press(page, 'Make anew')
    expect(api.calls.map(({ method }) => method)).not.toContain('DELETE')
    expect(page.textContent).toContain('Drop the rewrites of For loops?')
    await press(page, 'Make anew')
    expect(api.calls.map(({ method, path }) => `${method} ${path}`)).toContain(
      'DELETE /api/sites/loops/rewrites',
    )
    expect(page.textContent).toContain('Rewrites dropped: 4')
  })
})

it('shows what was used of all textbooks', async () => {
  await keepStaffSession(session, false)
  const page = await show()
  await expect.poll(() => page.querySelectorAll('.plot').length).toBe(4)
  expect(page.textContent).toContain('All textbooks in the last thirty days')
})

describe('what a textbook says of itself', () => {
  const tab = { id: 7, url: 'https://a.example/for.html', title: 'For loops' }
  const file = { version: 1, subject: 'Programming', glossary: [{ term: 'loop' }] }

  async function read(body: unknown, status = 200): Promise<HTMLElement> {
    await keepStaffSession(session, false)
    location.hash = '#/site/loops'
    pageTabStore.setState({ tab })
    Object.assign(fakeBrowser, { scripting: { executeScript: async () => [{ result: undefined }] } })
    api.answers['GET /.well-known/lectern.json'] = { status, body }
    const page = await show()
    await settle()
    await press(page, 'Read what the textbook says of itself')
    return page
  }

  it('is taken over field by field, and saved by staff alone', async () => {
    const page = await read(file)
    await press(page, 'Take over')
    expect(page.querySelector<HTMLInputElement>('#subject')?.value).toBe('Programming')
    expect(page.querySelector<HTMLInputElement>('#glossary')?.value).toBe('')
    await press(page, 'Take over')
    expect(page.querySelector<HTMLInputElement>('#glossary')?.value).toBe('loop')
    expect(api.calls.map(({ method }) => method)).not.toContain('PUT')
    await press(page, 'Save')
    expect(api.calls).toContainEqual(
      expect.objectContaining({
        method: 'PUT',
        body: expect.objectContaining({ subject: 'Programming', glossary: [{ term: 'loop' }] }),
      }),
    )
  })

  it.each([
    [{}, 404, 'The textbook has no such file.'],
    [{}, 503, 'does not answer'],
    [{ ...file, unknown: 1 }, 200, 'is not valid'],
    [{ version: 1 }, 200, 'says nothing that does not stand here'],
  ])('%j, %i: %s', async (body, status, words) => {
    expect((await read(body, status)).textContent).toContain(words)
  })
})

describe('warm-ups', () => {
  const profile = 'undergraduate.beginner.none.none.hobby.en'
  const warmup = {
    warmup_id: '3f1c2b4a-0000-4000-8000-000000000001',
    site: 'loops',
    created_at: '2026-11-19T08:00:00.000Z',
    created_by: 'Bilal',
    state: 'running',
    profiles: [profile],
    lessons: 2,
    waiting: 1,
    made: 2,
    failed: 1,
  }
  const failure = {
    lesson_slug: 'for',
    title: 'For loops',
    url: 'https://a.example/for.html',
    profile,
    error: 'upstream_failed',
    message: 'The language model failed.',
  }

  beforeEach(async () => {
    await keepStaffSession(session, false)
    location.hash = '#/site/loops'
    const others = { ...warmup, warmup_id: '3f1c2b4a-0000-4000-8000-000000000002', site: 'another' }
    api.answers['GET /api/warmups'] = { status: 200, body: { warmups: [others, warmup] } }
    api.answers[`GET /api/warmups/${warmup.warmup_id}`] = {
      status: 200,
      body: { ...warmup, failures: [failure] },
    }
    api.answers[`PUT /api/warmups/${warmup.warmup_id}`] = {
      status: 200,
      body: { ...warmup, failures: [failure] },
    }
  })

  it('of this textbook are listed with how far they are, and what could not be made', async () => {
    const page = await show()
    await expect.poll(() => page.querySelectorAll('.warmup').length).toBe(1)
    await expect.poll(() => page.textContent).toContain('The language model failed.')
    const row = page.querySelector('.warmup')
    expect(row?.textContent).toContain('Under way Bilal')
    expect(row?.textContent).toContain('Rewrites made: 2 of 4 · failed: 1')
    expect(row?.textContent).toContain('education: Undergraduate · programming: ')
    expect(row?.querySelector('progress')).toMatchObject({ max: 4, value: 3 })
  })

  it('are paused and stopped', async () => {
    const page = await show()
    await expect.poll(() => page.querySelectorAll('.warmup').length).toBe(1)
    await press(page, 'Pause')
    await press(page, 'Stop')
    const changes = api.calls.filter(({ method }) => method === 'PUT').map(({ body }) => body)
    expect(changes).toEqual([{ state: 'paused' }, { state: 'cancelled' }])
  })

  it('are begun anew for what failed, lesson by lesson in a tab of its own', async () => {
    const opened: unknown[] = []
    Object.assign(fakeBrowser.tabs, {
      create: async ({ url }: { url: string }) => {
        opened.push(url)
        void fakeBrowser.tabs.onUpdated.trigger(7, { status: 'complete' }, {} as Browser.tabs.Tab)
        return { id: 7 }
      },
      get: async () => ({ status: 'complete' }),
      remove: async (id: number) => void opened.push(id),
    })
    Object.assign(fakeBrowser, {
      scripting: { executeScript: async () => [{ result: { reason: 'login' } }] },
    })
    api.answers['POST /api/warmups'] = { status: 201, body: { ...warmup, made: 0, failed: 0, waiting: 0 } }
    const page = await show()
    await expect.poll(() => page.textContent).toContain('The language model failed.')
    await press(page, 'Try again')
    await expect.poll(() => opened).toEqual(['https://a.example/for.html', 7])
    expect(api.calls).toContainEqual(
      expect.objectContaining({ method: 'POST', body: { site: 'loops', profiles: [profile] } }),
    )
    await expect.poll(() => page.textContent).toContain('Lessons that were not read: 1')
    expect(page.textContent).toContain('It asks for a password.')
  })

  it('say that too many are under way, and that the server makes none', async () => {
    const page = await show()
    await expect.poll(() => page.textContent).toContain('The language model failed.')
    api.answers['POST /api/warmups'] = { status: 429, body: { error: 'too_many_requests', message: 'full' } }
    await press(page, 'Try again')
    expect(page.textContent).toContain('Too many of these are under way.')
    const message = 'Set DATABASE_DIRECT_URL, then start the API again.'
    api.answers['POST /api/warmups'] = { status: 503, body: { error: 'warmups_unavailable', message } }
    await press(page, 'Try again')
    expect(page.textContent).toContain(message)
  })
})
