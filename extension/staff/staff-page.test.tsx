// @vitest-environment jsdom
import { act } from 'react'
import { describe, expect, it } from 'vitest'
import type { Browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { makeExport } from '../storage/export-file.ts'
import { keepStaffSession, readStaffSession } from '../storage/staff-session.ts'
import { api, press, session, show, type } from './testing/staff-page-fixture.tsx'

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
    api.answers['GET /api/staff'] = {
      status: 429,
      body: { error: 'too_many_requests', message: '', retry_after: 9 },
    }
    await press(page, 'Sign in')
    expect(page.textContent).toContain('Wait a minute')
    api.answers['GET /api/staff'] = { status: 502, body: 'a proxy' }
    await press(page, 'Sign in')
    expect(page.textContent).toContain('The API does not answer')
  })

  it('stays signed in when the API is away, and not when the token does not hold any more', async () => {
    await keepStaffSession(session, true)
    api.answers['GET /api/staff'] = { status: 503, body: 'a proxy' }
    const page = await show()
    expect(page.textContent).toContain('The API does not answer')
    api.answers = {}
    await press(page, 'Retry')
    expect(page.textContent).toContain('Signed in as Amina')
    api.answers['GET /api/sites/loops/history'] = {
      status: 401,
      body: { error: 'not_authorized', message: '' },
    }
    await press(page, 'Loops')
    await act(async () => void dispatchEvent(new Event('hashchange')))
    await expect.poll(() => page.textContent).toContain('This token does not hold')
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
    expect(api.calls).toContainEqual({
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
    expect(api.calls.filter(({ method }) => method === 'POST')).toEqual([])
    expect(page.querySelector('#id')?.getAttribute('aria-invalid')).toBe('true')
    expect(page.querySelector('#id-problem')?.textContent).toMatch(/not taken/)
    expect(document.activeElement?.id).toBe('id')
  })

  it('shows the API’s answer at its field', async () => {
    const page = await showNew()
    const message = 'patterns.0 must be on the public internet'
    api.answers['POST /api/sites'] = {
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
    await expect.poll(() => page.textContent).toContain('Bilal')
    await press(page, 'Undo')
    expect(api.calls.map(({ method, path }) => `${method} ${path}`)).toContain(
      'POST /api/sites/loops/history/1/undo',
    )
    expect(page.textContent).toContain('Undone.')
  })
})

describe('an address', () => {
  /** Opens an address in a tab of which the browser says this; gives the tabs that were closed again. */
  async function openAddress(page: HTMLElement, tab: object): Promise<number[]> {
    const closed: number[] = []
    Object.assign(fakeBrowser.tabs, {
      create: async () => {
        void fakeBrowser.tabs.onUpdated.trigger(7, { status: 'complete' }, {} as Browser.tabs.Tab)
        return { id: 7 }
      },
      get: async () => ({ id: 7, status: 'complete', ...tab }),
      remove: async (id: number) => closed.push(id),
    })
    type(page, 'new-address', 'https://b.example/sorting/quick.html')
    await press(page, 'Open the lesson')
    return closed
  }

  it('is opened, and its page begins a new textbook', async () => {
    await keepStaffSession(session, false)
    const page = await show()
    const tab = { url: 'https://b.example/sorting/quick.html', title: 'Quicksort | Sorting' }
    expect(await openAddress(page, tab)).toEqual([])
    await expect.poll(() => location.hash).toBe('#/new')
    await act(async () => void dispatchEvent(new Event('hashchange')))
    expect(page.querySelector<HTMLInputElement>('#name')?.value).toBe('Sorting')
  })

  it('whose page did not open, or leads elsewhere, is said to be so, with what to do', async () => {
    await keepStaffSession(session, false)
    const page = await show()
    expect(await openAddress(page, {})).toEqual([7])
    expect(page.querySelector('#new-status')?.textContent).toMatch(/cannot see that page.*try again/)
    expect(location.hash).toBe('')
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
