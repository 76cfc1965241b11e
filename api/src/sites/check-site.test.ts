import type { Site } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { checkSite } from './check-site.ts'

const site = (change: Partial<Site>): Site => ({
  id: 'book',
  name: 'A book',
  patterns: ['https://book.example.com/*'],
  policy: 'allow',
  ...change,
})
const strict = { allowPrivate: false }

describe('a site', () => {
  it.each([
    'https://doc.rust-lang.org/book/*',
    'https://example.com:8443/a/*.html',
    'https://93.184.216.34/*',
    'https://xn--bcher-kva.example.com/',
  ])('may list %s', (pattern) => {
    expect(checkSite(site({ patterns: [pattern] }), [], strict)).toBeUndefined()
  })

  it.each([
    ['https://*/*', 'must name its host in full'],
    ['https://*.example.com/*', 'must name its host in full'],
    ['*', 'must be an address with a path'],
    ['https://example.com', 'must be an address with a path'],
    ['ftp://example.com/*', 'must be an address with a path'],
    ['http://example.com/*', 'must begin with https://'],
    ['https://me:secret@example.com/*', 'no name or password'],
    ['https://localhost/*', 'public internet'],
    ['https://intranet/*', 'public internet'],
    ['https://wiki.school.internal/*', 'public internet'],
    ['https://127.0.0.1/*', 'public internet'],
    ['https://10.1.2.3/*', 'public internet'],
    ['https://0x7f.1/*', 'public internet'],
    ['https://[::1]/*', 'public internet'],
    ['https://[::ffff:10.0.0.1]/*', 'public internet'],
    ['https://[fd00::1]/*', 'public internet'],
    ['https://169.254.169.254/latest/*', 'public internet'],
  ])('may not list %s', (pattern, reason) => {
    const failure = checkSite(site({ patterns: ['https://example.com/*', pattern] }), [], strict)
    expect(failure).toMatchObject({ error: 'validation_failed', detail: 'patterns.1' })
    expect(failure?.message).toContain(reason)
  })

  it('may be on a private network, by http, where the server says so', () => {
    const patterns = ['http://localhost:8788/*', 'http://10.1.2.3/*']
    expect(checkSite(site({ patterns }), [], { allowPrivate: true })).toBeUndefined()
    expect(checkSite(site({ patterns: ['http://example.com/*'] }), [], { allowPrivate: true })).toBeDefined()
  })

  it('has patterns that no other site has', () => {
    const other = site({ id: 'other', name: 'Another book' })
    expect(checkSite(site({}), [other], strict)).toMatchObject({ detail: 'patterns.0' })
    expect(checkSite(site({}), [site({})], strict)).toBeUndefined()
  })

  it.each([
    [['https://book.example.com/lessons/*', 'https://book.example.com/intro'], undefined],
    [['https://book.example.com/lessons/*', 'https://other.example.com/*'], 'lesson_urls.1'],
    [['http://book.example.com/*'], 'lesson_urls.0'],
    [['lessons/*'], 'lesson_urls.0'],
  ])('has its lessons on its own hosts: %o', (lesson_urls, field) => {
    expect(checkSite(site({ lesson_urls }), [], strict)?.detail).toBe(field)
  })

  it.each([
    [{ lesson: 'main > article' }, undefined],
    [{ lesson: 'main[' }, 'lesson'],
    [{ ignore: ['.nav', '.a, .b:not(.c)'] }, undefined],
    [{ ignore: ['.nav', '}{'] }, 'ignore.1'],
    [{ keep: ['.goals', '}{'] }, 'keep.1'],
  ])('has selectors that are CSS: %o', (change, field) => {
    expect(checkSite(site(change), [], strict)?.detail).toBe(field)
  })
})
