import type { Site } from '@lectern/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { PageState } from '../messaging/messages.ts'
import { changeSiteSettings } from '../storage/lesson-settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { findPage, personalizePage, showAnyway } from './find-page.ts'

const lesson: PageState = { lesson: true, title: 'Loops', family: 'mdbook' }
let granted: boolean
let answers: unknown[]
let injected: number

beforeEach(() => {
  fakeBrowser.reset()
  ;[granted, answers, injected] = [true, [], 0]
  Object.assign(fakeBrowser, { permissions: { contains: async () => granted } })
  Object.assign(fakeBrowser.runtime, {
    sendMessage: async () => {
      injected += 1
      return { ok: true, answer: null }
    },
  })
})

const open = (url?: string) =>
  Object.assign(fakeBrowser.tabs, {
    query: async () => [{ id: 1, url }],
    sendMessage: async () => {
      if (answers.length === 0) throw new Error('Receiving end does not exist.')
      return answers.shift()
    },
  })

it.each(['chrome://settings/', 'file:///book.html', undefined])('%s is the browser’s own', async (url) => {
  open(url)
  expect(await findPage()).toEqual({ kind: 'browser' })
})

it('is not looked into before it is granted', async () => {
  granted = false
  open('https://book.example:8080/loops.html')
  const page = { kind: 'not_granted', host: 'book.example:8080', origin: 'https://book.example/*' }
  expect(await findPage()).toEqual(page)
  expect(injected).toBe(0)
})

it('counts as not granted where the host is granted for the API alone', async () => {
  open('http://localhost:8788/')
  expect(await findPage()).toMatchObject({ kind: 'not_granted', origin: 'http://localhost/*' })
})

it('is told from the textbooks of the course before it is granted', async () => {
  granted = false
  const site: Site = {
    id: 'book',
    name: 'The Book',
    patterns: ['https://book.example/*'],
    policy: 'allow',
  }
  await siteListStore.update((list) => ({ ...list, sites: [site] }))
  open('https://book.example/loops.html')
  expect(await findPage()).toMatchObject({ kind: 'not_granted', listed: 'The Book' })
  open('https://other.example/')
  expect(await findPage()).toMatchObject({ kind: 'not_granted', listed: null })
})

it('says where its learner wants no tabs', async () => {
  await changeSiteSettings('https://book.example/loops.html', { off: true })
  open('https://book.example/loops.html')
  expect(await findPage()).toEqual({
    kind: 'off',
    host: 'book.example',
    url: 'https://book.example/loops.html',
  })
})

it('is what its recognizer says', async () => {
  open('https://book.example/')
  answers = [lesson]
  expect(await findPage()).toEqual({ kind: 'granted', host: 'book.example', tabId: 1, state: lesson })
  expect(injected).toBe(0)
})

it('gets a recognizer where it is older than the grant', async () => {
  open('https://book.example/')
  answers = [undefined, lesson]
  expect(await findPage()).toMatchObject({ kind: 'granted', state: lesson })
  expect(injected).toBe(1)
})

it('is closed where no answer comes, or one that is none', async () => {
  open('https://book.example/')
  expect(await findPage()).toEqual({ kind: 'closed', host: 'book.example', tabId: 1 })
  answers = [{ lesson: true, title: 8 }, { lesson: 'maybe' }]
  expect(await findPage()).toEqual({ kind: 'closed', host: 'book.example', tabId: 1 })
})

describe('a page that its learner calls a lesson', () => {
  const page = { host: 'book.example', tabId: 1 }
  beforeEach(() => open('https://book.example/'))

  it('is one once the view is there to say so', async () => {
    answers = [lesson]
    expect(await showAnyway(page)).toEqual({ kind: 'granted', ...page, state: lesson })
    expect(injected).toBe(1)
  })

  it('is none without prose', async () => {
    answers = [{ lesson: false, reason: 'short' }]
    expect(await showAnyway(page)).toEqual({ kind: 'no_prose', host: 'book.example' })
  })

  it('is closed where the view cannot be loaded', async () => {
    Object.assign(fakeBrowser.runtime, { sendMessage: async () => ({ ok: false }) })
    expect(await showAnyway(page)).toEqual({ kind: 'closed', host: 'book.example', tabId: 1 })
  })
})

it('shows a lesson on request, and personalized at once', async () => {
  open('https://book.example/loops.html')
  const sent: unknown[] = []
  Object.assign(fakeBrowser.tabs, {
    sendMessage: async (_: number, message: unknown) => {
      sent.push(message)
      return message === 'show-anyway' ? lesson : null
    },
  })
  const page = { host: 'book.example', tabId: 1 }
  expect(await personalizePage(page)).toEqual({ kind: 'granted', ...page, state: lesson })
  expect(sent).toEqual(['show-anyway', 'flip-tab'])
})
