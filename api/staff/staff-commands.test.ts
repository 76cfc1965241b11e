import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase, startTestApi, type TestApi } from '../src/test-api.ts'

let api: TestApi
let url: string
let folder: string
let closeDatabase: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDatabase()
  ;({ url } = opened)
  closeDatabase = opened.close
  api = await startTestApi({ beside: opened })
  folder = await mkdtemp(join(tmpdir(), 'lectern-staff-'))
})
afterAll(async () => {
  await api.close()
  await closeDatabase()
  await rm(folder, { recursive: true })
})

async function run(program: 'staff' | 'sites', ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: url }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, `${program}.ts`), ...args],
    { env },
  )
  return stdout
}

it('makes, lists and revokes tokens', async () => {
  const [token = ''] = (await run('staff', 'add', 'Ada Lovelace', '--days', '30')).split('\n')
  const whoAmI = () => fetch(`${api.url}/api/staff`, { headers: { authorization: `Bearer ${token}` } })
  expect(await (await whoAmI()).json()).toMatchObject({ name: 'Ada Lovelace' })
  expect(await run('staff', 'list')).toMatch(/^Ada Lovelace +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d +until /m)
  await run('staff', 'revoke', 'Ada Lovelace')
  expect((await whoAmI()).status).toBe(401)
  await expect(run('staff', 'revoke', 'Ada Lovelace')).rejects.toMatchObject({ code: 1 })
  await expect(run('staff', 'ad', 'x')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Usage: pnpm staff add'),
  })
}, 60_000)

it('lists, adds, checks and removes sites', async () => {
  const file = join(folder, 'site.json')
  const site = { id: 'book', name: 'A book', patterns: ['https://book.example.com/*'], policy: 'allow' }
  await writeFile(file, JSON.stringify(site))
  expect(await run('sites', 'check', file)).toContain('as it should be')
  expect(await run('sites', 'list')).toContain('The whitelist is empty')
  await run('sites', 'add', file)
  await writeFile(file, JSON.stringify({ ...site, name: 'The book' }))
  await run('sites', 'add', file)
  expect(await run('sites', 'list')).toMatch(/^book +allow +The book +https:/m)
  expect(await run('sites', 'check', 'https://book.example.com/1')).toContain('"The book" (book)')
  await writeFile(file, JSON.stringify({ ...site, patterns: ['https://*/*'] }))
  await expect(run('sites', 'add', file)).rejects.toMatchObject({
    stderr: expect.stringContaining('host in full'),
  })
  await run('sites', 'remove', 'book')
  expect(await run('sites', 'list')).toContain('The whitelist is empty')
}, 60_000)
