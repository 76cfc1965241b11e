import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { settingsStore } from '../storage/settings-store.ts'
import { originPattern } from './origin-pattern.ts'
import { siteOrigins } from './site-origins.ts'

describe('the pattern of an origin', () => {
  it.each([
    ['https://doc.rust-lang.org/book/ch04.html?x#y', 'https://doc.rust-lang.org/*'],
    ['http://localhost:8788/', 'http://localhost/*'],
    ['http://[::1]:8788/', 'http://[::1]/*'],
    ['chrome://settings/', undefined],
    ['file:///home/book.html', undefined],
    ['', undefined],
  ])('%s', (url, pattern) => expect(originPattern(url)).toBe(pattern))
})

describe('the sites', () => {
  beforeEach(() => {
    fakeBrowser.reset()
    const origins = ['https://doc.rust-lang.org/*', 'http://localhost/*', 'https://api.example/*']
    Object.assign(fakeBrowser, { permissions: { getAll: vi.fn(async () => ({ origins })) } })
  })

  it('are what was granted, but for the hosts of the API', async () => {
    await settingsStore.update((settings) => ({ ...settings, api_url: 'https://api.example/lectern' }))
    expect(await siteOrigins()).toEqual(['https://doc.rust-lang.org/*'])
  })

  it('are those too when the learner says so', async () => {
    await settingsStore.update((settings) => ({ ...settings, sites_at_api_host: true }))
    expect(await siteOrigins()).toContain('http://localhost/*')
  })
})
