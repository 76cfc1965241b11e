import { execFile } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePackages } from './make-packages.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const apiUrl = 'https://api.lectern.example/v1'
const shell = process.platform === 'win32'

let folder: string
let packages: Record<string, Uint8Array>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-packages-'))
  packages = await makePackages(root, join(folder, 'first'), apiUrl)
}, 600_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const hashes = (files: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, hash('sha256', bytes)]))

function packageOf(kind: string): Uint8Array {
  const found = Object.entries(packages).find(([file]) => file.includes(kind))
  if (found === undefined) throw new Error(`No package is of ${kind}.`)
  return found[1]
}

/** A script of pnpm's is told by variables to install nothing; a reviewer's terminal is not. */
function reviewersEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name)))
}

it('makes four files, of which none is large', () => {
  const sizes = Object.entries(packages).map(([file, { length }]) => [file, length < 2 * 1024 * 1024])
  expect(sizes).toEqual(
    ['chrome.zip', 'firefox.zip', 'sources.zip', 'sbom.json'].map((kind) => [
      expect.stringMatching(new RegExp(`^lectern-\\d+\\.\\d+\\.\\d+-${kind}$`)),
      true,
    ]),
  )
})

it('makes the same bytes again from the sources package alone, in another folder, as its note says', async () => {
  const sources = join(folder, 'from-sources')
  for (const [path, bytes] of Object.entries(unzipSync(packageOf('sources')))) {
    await mkdir(dirname(join(sources, path)), { recursive: true })
    await writeFile(join(sources, path), bytes)
  }
  const note = await readFile(join(sources, 'README.md'), 'utf8')
  const [, variable = '', command = ''] = note.match(/^LECTERN_API_URL=(\S+) npx (.+)$/m) ?? []
  await run('npx', command.split(' '), {
    cwd: sources,
    env: { ...reviewersEnv(), LECTERN_API_URL: variable, NODE_ENV: '' },
    shell,
  })
  const made: Record<string, Uint8Array> = {}
  for (const file of await readdir(join(sources, '.output')))
    made[file] = await readFile(join(sources, '.output', file))
  expect(hashes(made)).toEqual(hashes(packages))
}, 600_000)

it('leaves addons-linter nothing to say of the package for Firefox', async () => {
  const zip = join(folder, 'firefox.zip')
  await writeFile(zip, packageOf('firefox'))
  const linter = join(import.meta.dirname, '../node_modules/addons-linter/bin/addons-linter')
  const { stdout } = await run(process.execPath, [linter, zip, '--output', 'json'])
  const { errors, warnings, notices } = JSON.parse(stdout)
  expect({ errors, warnings, notices }).toEqual({ errors: [], warnings: [], notices: [] })
})
