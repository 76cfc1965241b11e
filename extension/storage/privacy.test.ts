import { glob, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const extension = resolve(import.meta.dirname, '..')
const policy = resolve(extension, '../PRIVACY.md')

async function sources(): Promise<[path: string, text: string][]> {
  const found: [string, string][] = []
  for await (const path of glob('**/*.{ts,tsx}', {
    cwd: extension,
    exclude: ['**/node_modules/**', 'e2e/**'],
  }))
    if (!path.includes('.test.')) found.push([path, await readFile(join(extension, path), 'utf8')])
  return found
}

it('PRIVACY.md names every store of the extension, and no other', async () => {
  const texts = await sources()
  const namesOf = (declaration: RegExp) =>
    texts.flatMap(([, text]) => [...text.matchAll(declaration)].map(([, name]) => name ?? ''))
  const stores = [
    ...namesOf(/createPersistedStore\(\{\s*key: '(\w+)'/g),
    ...namesOf(/createObjectStore\('(\w+)'/g),
    // Those that keep a key of storage by themselves.
    ...namesOf(/^(?:export )?const (?:key|staffSessionKey) = '(\w+)'/gm),
  ]
  const text = await readFile(policy, 'utf8')
  const [, after = ''] = text.split('\n## What is kept in your browser\n')
  const [section = ''] = after.split('\n## ')
  const named = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name ?? '')
  expect(named.sort()).toEqual(stores.sort())
})

it('nothing else writes into a storage of the browser', async () => {
  const writing = (await sources()).filter(([, text]) =>
    /(?:storage\.(?:local|session|sync)|area)\s*\.set\(|localStorage|sessionStorage|document\.cookie|openDB\b|caches\./.test(
      text,
    ),
  )
  expect(writing.map(([path]) => path).sort()).toEqual([
    'storage/database.ts',
    'storage/persisted-store.ts',
    'storage/set-aside.ts',
    'storage/staff-session.ts',
  ])
})
