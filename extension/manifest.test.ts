import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locales } from './locales/testing/messages-of.ts'
import { manifest } from './manifest.ts'
import { buildVariant } from './packaging/build-variant.ts'

const manifestIn = async (folder: string) => JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))

describe.each(['chrome', 'firefox'] as const)('the build for %s', (browser) => {
  let outDir: string
  let shipped: string
  let tryOut: string

  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'lectern-build-'))
    const production = { LECTERN_LOCALHOST: '', LECTERN_API_URL: 'https://api.lectern.example/v1/' }
    shipped = await buildVariant(join(outDir, 'shipped'), browser, production)
    tryOut = await buildVariant(join(outDir, 'try'), browser, { LECTERN_LOCALHOST: '1', LECTERN_API_URL: '' })
  }, 120_000)
  afterAll(() => rm(outDir, { recursive: true, force: true }))

  it('asks at install for the API’s host and nothing else that warns', async () => {
    const built = await manifestIn(shipped)
    expect(built).toMatchObject({
      manifest_version: 3,
      name: '__MSG_manifest_name__',
      default_locale: 'en',
      content_security_policy: {
        extension_pages: expect.stringContaining("default-src 'none'; script-src 'self'"),
      },
    })
    const asked = Object.entries(built).filter(([key]) => /permission|externally|connectable/.test(key))
    expect(Object.fromEntries(asked)).toEqual({
      permissions: ['activeTab', 'alarms', 'scripting', 'storage'],
      host_permissions: ['https://api.lectern.example/*'],
      optional_host_permissions: ['https://*/*', 'http://*/*'],
    })
  })

  it('holds nothing that writes markup or runs text, not in React either', async () => {
    const writers = /\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\bnew Function\b|\beval\(/
    for (const { parentPath, name } of await readdir(shipped, { recursive: true, withFileTypes: true })) {
      if (!name.endsWith('.js')) continue
      expect((await readFile(join(parentPath, name), 'utf8')).match(writers), name).toBeNull()
    }
  })

  it('has two shortcuts that its learner can set', async () => {
    const { commands } = await manifestIn(shipped)
    expect(Object.keys(commands)).toEqual(['flip-tab', 'flip-block'])
  })

  it('brings no content script, no page for the web, and its icons', async () => {
    const { content_scripts, web_accessible_resources, icons } = await manifestIn(shipped)
    expect([content_scripts, web_accessible_resources]).toEqual([undefined, undefined])
    expect(Object.keys(icons)).toEqual(['16', '32', '48', '128'])
    for (const icon of Object.values<string>(icons))
      expect((await stat(join(shipped, icon))).size).toBeGreaterThan(0)
  })

  it('speaks six languages, its name and description too', async () => {
    const folders = await readdir(join(shipped, '_locales'))
    expect(folders.sort()).toEqual([...locales].sort())
    for (const folder of folders) {
      const messages = JSON.parse(await readFile(join(shipped, '_locales', folder, 'messages.json'), 'utf8'))
      expect(messages).toMatchObject({
        manifest_name: { message: expect.any(String) },
        manifest_description: { message: expect.any(String) },
      })
    }
  })

  it('grants localhost in the try-out variant alone', async () => {
    expect((await manifestIn(tryOut)).host_permissions).toEqual(['http://localhost/*', 'http://127.0.0.1/*'])
    expect(await readFile(join(shipped, 'manifest.json'), 'utf8')).not.toMatch(/localhost|127\.0\.0\.1/)
  })

  it('knows the API’s address', async () => {
    expect(await readFile(join(shipped, 'background.js'), 'utf8')).toContain(
      'https://api.lectern.example/v1`',
    )
    expect(await readFile(join(tryOut, 'background.js'), 'utf8')).toContain('http://localhost:8787`')
  })

  it('looks at a page with a small script, and loads little into a lesson', async () => {
    const read = (name: string) => readFile(join(shipped, name))
    expect((await read('recognizer.js')).length).toBeLessThan(10 * 1024)
    const loaded = await Promise.all(['lesson-bar.js', 'lesson-view.js'].map(read))
    const sizes = loaded.map((script) => gzipSync(script).length)
    expect(sizes[0]).toBeLessThan(6000)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(120_000)
  })
})

it('says to Firefox who it is and that lessons’ text is sent', () => {
  const build = { browser: 'firefox', apiUrl: 'http://localhost:8787', localhost: false }
  expect(manifest(build)).toHaveProperty('browser_specific_settings.gecko', {
    id: 'lectern@extension',
    strict_min_version: '142.0',
    data_collection_permissions: { required: ['websiteContent', 'browsingActivity'] },
  })
  expect(manifest({ ...build, browser: 'chrome' })).not.toHaveProperty('browser_specific_settings')
})

it.each(['chrome', 'firefox'])('lets %s reach an API at http://', (browser) => {
  const build = { browser, apiUrl: 'http://192.0.2.7:8787', localhost: false }
  expect(manifest(build)).toHaveProperty(
    'content_security_policy.extension_pages',
    expect.stringMatching(/^(?!.*upgrade-insecure-requests).*connect-src https: http:;/),
  )
})

it('refuses an API’s address that is none, by the variable’s name', () => {
  const build = { browser: 'chrome', apiUrl: 'localhost:8787', localhost: false }
  expect(() => manifest(build)).toThrow('LECTERN_API_URL is "localhost:8787"')
})
