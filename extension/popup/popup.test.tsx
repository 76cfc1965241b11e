// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import type { Site } from '@lectern/shared'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { showNewTextbooks } from '../background/show-new-textbooks.ts'
import { clickButton, soon } from '../pages/testing/shown-page.ts'
import { withSafeAnswers } from '../questions/draft.ts'
import { courseStore, noteSeen } from '../storage/course-store.ts'
import { learnerStore, savePreferences } from '../storage/learner-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { Popup } from './popup.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
const guide: Site = {
  id: 'guide',
  name: 'The Guide',
  patterns: ['https://guide.example/*'],
  policy: 'allow',
}
const page = { id: 7, url: 'https://book.example/loops.html' }

let root: Root
let stop: () => void
let granted: string[]
let requested: string[]
let opened: unknown[]
/** What stands on the toolbar's button. */
let badge: string
let title: string

beforeEach(async () => {
  fakeBrowser.reset()
  // jsdom has no locks, and lays nothing out.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  HTMLElement.prototype.scrollIntoView = () => undefined
  vi.stubGlobal('close', () => undefined)
  ;[granted, requested, opened, badge, title] = [['https://book.example/*'], [], [], '', '']
  stop = await learnerStore.follow()
  await savePreferences(withSafeAnswers({ education_level: 'graduate', preferred_language: 'ur' }))
  await siteListStore.update((list) => ({ ...list, sites: [guide] }))
  await noteSeen([])
  const has = (origin: string) => granted.includes(origin)
  Object.assign(fakeBrowser, {
    permissions: {
      contains: async ({ origins }: { origins: string[] }) => origins.every(has),
      getAll: async () => ({ origins: granted }),
      request: async ({ origins }: { origins: string[] }) => {
        requested = origins
        granted = [...granted, ...origins]
        return true
      },
    },
    action: {
      setBadgeText: async ({ text }: { text: string }) => {
        badge = text
      },
      setBadgeBackgroundColor: async () => undefined,
      setTitle: async (given: { title: string }) => {
        title = given.title
      },
    },
    scripting: { executeScript: async () => [] },
  })
  Object.assign(fakeBrowser.tabs, {
    query: async () => [page],
    create: async ({ url }: { url: string }) => opened.push(url),
    sendMessage: async () => ({ lesson: true, title: 'Loops', family: 'mdbook' }),
  })
  Object.assign(fakeBrowser.runtime, {
    sendMessage: async ({ type }: { type: string }) => ({
      ok: true,
      answer: type === 'list-sites' ? [guide] : null,
    }),
  })
})
afterEach(() => {
  act(() => root.unmount())
  stop()
})

const text = () => document.body.textContent
async function show(): Promise<void> {
  const place = document.createElement('div')
  document.body.replaceChildren(place)
  root = createRoot(place)
  await act(async () => root.render(<Popup />))
  await soon(() => document.querySelector('.status h2')).toBeTruthy()
}

describe('the popup', () => {
  it('says what the page is, and for whom lessons are rewritten', async () => {
    await show()
    expect(text()).toContain('Loops')
    expect(text()).toContain('This page is a lesson')
    expect(text()).toContain('Graduate · code: not at all · اردو')
  })

  it('asks for the site of a page that is not granted, and says what it is then', async () => {
    granted = []
    await show()
    expect(text()).toContain('not allowed here')
    await clickButton('Use Lectern on this site')
    expect(requested).toEqual(['https://book.example/*'])
    await soon(text).toContain('This page is a lesson')
  })

  it('leads a new learner to the questions, and from there back to the lesson', async () => {
    await learnerStore.update((learner) => ({ ...learner, preferences: null }))
    await show()
    await clickButton('Answer the six questions')
    await soon(() => opened).toEqual([expect.stringMatching(/\/onboarding\.html\?lesson=7$/)])
  })
})

describe('a textbook that staff have added', () => {
  it('stands on the toolbar’s button and in the popup, and is allowed with one click', async () => {
    await showNewTextbooks()
    expect([badge, title]).toEqual(['1', 'Lectern: 1 new textbook'])
    await show()
    await soon(text).toContain('1 new textbook')
    expect(text()).toContain('The Guide')
    await clickButton('Allow')
    expect(requested).toEqual(['https://guide.example/*'])
    await soon(text).not.toContain('1 new textbook')
    await showNewTextbooks()
    expect([badge, title]).toEqual(['', 'Lectern'])
  })

  it('is not told of again to whom does not want it now', async () => {
    await show()
    await clickButton('Not now')
    await soon(text).not.toContain('1 new textbook')
    expect(requested).toEqual([])
    expect((await courseStore.get()).seen).toEqual(['guide'])
    await showNewTextbooks()
    expect(badge).toBe('')
  })
})
