import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Site } from '@lectern/shared'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { settingsStore } from '../storage/settings-store.ts'
import { siteDocumentStore } from '../storage/site-documents.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { tdmFile } from '../wishes/tdm-reservations.ts'
import { refusalByOwner } from './owner-wishes.ts'
import { rulesOfPage } from './rules-of-page.ts'
import { keptDocumentsOf, refreshDocumentsOf } from './site-documents.ts'

/** What the textbook's host answers by path; anything else is not found. */
let answers: Record<string, RequestListener>
let calls: { path: string; method: string; headers: IncomingMessage['headers'] }[]
let server: ReturnType<typeof createServer>
let origin: string
let granted: boolean
let page: string

beforeEach(async () => {
  fakeBrowser.reset()
  ;[answers, calls, granted] = [{}, [], true]
  Object.assign(fakeBrowser, { permissions: { contains: async () => granted } })
  server = createServer((request, response) => {
    const path = request.url ?? ''
    calls.push({ path, method: request.method ?? '', headers: request.headers })
    const answer = answers[path]
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  page = `${origin}/book/one.html`
  const api_url = 'http://127.0.0.1:9'
  await settingsStore.update((settings) => ({ ...settings, api_url, sites_at_api_host: true }))
  await list([])
})
afterEach(async () => {
  vi.useRealTimers()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const wellKnown = '/.well-known/lectern.json'
const says = (body: unknown, headers: Record<string, string> = {}): RequestListener => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (request, response) => {
    if (headers.ETag !== undefined && request.headers['if-none-match'] === headers.ETag)
      return void response.writeHead(304).end()
    response.writeHead(200, headers).end(text)
  }
}
const file = (fields: object) => says({ version: 1, ...fields })
const list = (sites: Site[]) =>
  siteListStore.update(() => ({ api_url: 'http://127.0.0.1:9', etag: null, checked_at: Date.now(), sites }))
const files = async () => (await keptDocumentsOf(page)).files.map((document) => document.file)
const asked = (path: string) => calls.filter((call) => call.path === path)

describe('the file of a site', () => {
  it('is asked for as nobody, once a day, by its entity tag', async () => {
    answers[wellKnown] = says({ version: 1, lesson: 'main', subject: 'Robots' }, { ETag: '"1"' })
    await Promise.all([refreshDocumentsOf(page), refreshDocumentsOf(page)])
    await refreshDocumentsOf(`${origin}/book/two.html`)
    expect(await files()).toEqual([{ lesson: 'main' }])
    expect(asked(wellKnown)).toHaveLength(1)
    expect(asked(wellKnown)[0]?.headers).not.toHaveProperty('cookie')
    expect(asked(wellKnown)[0]?.headers).not.toHaveProperty('referer')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 })
    await refreshDocumentsOf(page)
    expect(asked(wellKnown)[1]?.headers['if-none-match']).toBe('"1"')
    expect(await files()).toEqual([{ lesson: 'main' }])
  })

  it('is asked for on no site that is not granted', async () => {
    granted = false
    await refreshDocumentsOf(page)
    expect(calls).toEqual([])
  })

  it('stays as it was while its host is away, which is asked again soon', async () => {
    answers[wellKnown] = file({ lesson: 'main' })
    await refreshDocumentsOf(page)
    answers[wellKnown] = (_, response) => response.writeHead(503).end()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 })
    await refreshDocumentsOf(page)
    expect(await files()).toEqual([{ lesson: 'main' }])
    vi.setSystemTime(Date.now() + 11 * 60_000)
    await refreshDocumentsOf(page)
    expect(asked(wellKnown)).toHaveLength(3)
  })

  it.each<[string, RequestListener]>([
    ['too large', says(`{"version":1,"lesson":"${'a'.repeat(70_000)}"}`)],
    [
      'endless',
      (_, response) => {
        const timer = setInterval(() => response.write('['.repeat(9000)), 5)
        response.on('close', () => clearInterval(timer))
      },
    ],
    ['deep', says('['.repeat(60_000))],
    ['of wrong types', says({ version: 1, lesson: ['main'] })],
    ['of more fields', says({ version: 1, prompt: 'Obey.' })],
    ['a page', says('<!doctype html>')],
    ['moved', (_, response) => response.writeHead(302, { Location: '/elsewhere.json' }).end()],
  ])('is none where it is %s', async (_, answer) => {
    answers[wellKnown] = answer
    answers['/elsewhere.json'] = file({ policy: 'deny' })
    await refreshDocumentsOf(page)
    expect(await files()).toEqual([])
    expect(asked('/elsewhere.json')).toEqual([])
  })

  it('stands where the page links to it, for its own folder', async () => {
    answers['/book/lectern.json'] = file({ lesson: 'article' })
    await refreshDocumentsOf(page, 'lectern.json#x')
    expect(await files()).toEqual([{ lesson: 'article' }])
    expect((await keptDocumentsOf(`${origin}/other/one.html`)).files).toEqual([])
  })

  it.each([
    '/other/lectern.json',
    'http://localhost:1/lectern.json',
    '//evil.example/lectern.json',
    'javascript:1',
    'data:,{}',
  ])('is not asked for at %s', async (link) => {
    await refreshDocumentsOf(page, link)
    expect(calls.map(({ path }) => path).sort()).toEqual([wellKnown, tdmFile, '/robots.txt'])
  })

  it('is let go when many others came after it', async () => {
    for (let i = 0; i < 70; i++) await refreshDocumentsOf(`${origin}/b${i}/x`, `/b${i}/lectern.json`)
    expect((await siteDocumentStore.get()).documents).toHaveLength(60)
  })
})

describe('the rules of a page', () => {
  const rules = async () => {
    await refreshDocumentsOf(page, '/book/lectern.json')
    return rulesOfPage(page, null)
  }

  it('do not wait for its host', async () => {
    answers[wellKnown] = () => undefined
    expect(await rulesOfPage(page, null)).toEqual({})
  })

  it('come from the registry, the nearest file, the origin’s file, in this order and field by field', async () => {
    answers[wellKnown] = file({ lesson: 'main', ignore: ['.root'] })
    expect(await rules()).toMatchObject({ ignore: ['.root'] })
    await siteDocumentStore.update(() => ({ documents: [] }))
    answers['/book/lectern.json'] = file({ lesson: 'article', ignore: ['.near'], keep: ['.goals'] })
    expect(await rules()).toEqual({
      lesson: ':is(article):not(:root, head, head *)',
      ignore: ['.near'],
      keep: ['.goals'],
    })
    await list([
      {
        id: 'book',
        name: 'Book',
        patterns: [`${origin}/*`],
        policy: 'allow',
        ignore: ['.staff'],
        lesson: '#it',
      },
    ])
    expect(await rules()).toEqual({ lesson: '#it', ignore: ['.staff'], keep: ['.goals'] })
  })

  it('know no lesson outside of the file’s paths', async () => {
    answers['/book/lectern.json'] = file({ lessons: ['ch*'] })
    expect(await rules()).toEqual({ elsewhere: true })
    page = `${origin}/book/ch1.html`
    expect(await rules()).toEqual({})
  })
})

describe('an owner', () => {
  const noDerivatives = ['license:https://creativecommons.org/licenses/by-nd/4.0/']
  const declined = (message: RegExp) => ({ error: 'owner_declined', message: expect.stringMatching(message) })

  it('who says nothing declines nothing', async () => {
    expect(await refusalByOwner(page, [])).toBeUndefined()
    expect(calls.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      `GET ${wellKnown}`,
      'GET /.well-known/tdmrep.json',
      'GET /robots.txt',
      'HEAD /book/one.html',
    ])
  })

  it('is quoted where the file denies, whatever a nearer one allows', async () => {
    answers[wellKnown] = file({ policy: 'deny', reason: 'The exam is on.' })
    answers['/book/lectern.json'] = file({ policy: 'allow' })
    await refreshDocumentsOf(page, 'lectern.json')
    expect(await refusalByOwner(page, [])).toEqual(declined(/“The exam is on\.” Original works/))
  })

  it.each<[string, () => void, readonly string[], RegExp]>([
    [
      'robots.txt',
      () => (answers['/robots.txt'] = says('Content-Signal: ai-input=no')),
      [],
      /must not be given to AI/,
    ],
    [
      'a header',
      () => (answers['/book/one.html'] = says('', { 'X-Robots-Tag': 'noai' })),
      [],
      /must not be given to AI/,
    ],
    ['a mark in the page', () => {}, ['robots:noai'], /must not be given to AI/],
    ['a licence', () => {}, noDerivatives, /allows no changed versions/],
  ])('declines by %s, unless the file or staff have their word', async (_, say, stated, message) => {
    const site: Site = { id: 'book', name: 'Book', patterns: [`${origin}/*`], policy: 'allow' }
    say()
    await list([site])
    expect(await refusalByOwner(page, stated)).toEqual(declined(message))
    await list([{ ...site, owner_agreed: true }])
    expect(await refusalByOwner(page, stated)).toBeUndefined()
    await list([site])
    await siteDocumentStore.update(({ documents }) => ({
      documents: documents.filter(({ url }) => !url.endsWith(wellKnown)),
    }))
    answers[wellKnown] = file({ policy: 'allow' })
    expect(await refusalByOwner(page, stated)).toBeUndefined()
  })

  it('is asked nothing where staff deny', async () => {
    await list([{ id: 'book', name: 'Book', patterns: [`${origin}/*`], policy: 'deny' }])
    expect(await refusalByOwner(page, [])).toEqual(declined(/does not wish/))
    expect(calls).toEqual([])
  })
})
