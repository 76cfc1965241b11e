import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildVariant } from './build-variant.ts'
import { readFiles } from './read-files.ts'
import { reproducibleSbom } from './reproducible-sbom.ts'
import { sourceFiles } from './source-files.ts'
import { zipFiles } from './zip-files.ts'

/**
 * Makes all that is handed to the stores, in a folder: a zip for each browser, one of the sources, and the list of all
 * dependencies. Equal sources give equal bytes.
 *
 * @param root the folder of the project
 * @param apiUrl the API that the extension talks to unless its learner sets another
 * @returns the bytes by the files' names
 */
export async function makePackages(
  root: string,
  folder: string,
  apiUrl: string,
): Promise<Record<string, Uint8Array>> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const packages: Record<string, Uint8Array> = {}
  const builds = await mkdtemp(join(tmpdir(), 'lectern-package-'))
  try {
    for (const browser of ['chrome', 'firefox'] as const) {
      const built = await buildVariant(builds, browser, { LECTERN_LOCALHOST: '', LECTERN_API_URL: apiUrl })
      packages[`${name}-${version}-${browser}.zip`] = zipFiles(await readFiles(built, { include: ['**'] }))
    }
  } finally {
    await rm(builds, { recursive: true, force: true })
  }
  packages[`${name}-${version}-sources.zip`] = zipFiles(await sourceFiles(root, apiUrl))
  packages[`${name}-${version}-sbom.json`] = Buffer.from(reproducibleSbom(await readSbom(root)))
  await mkdir(folder, { recursive: true })
  for (const [file, bytes] of Object.entries(packages)) await writeFile(join(folder, file), bytes)
  return packages
}

/** The software bill of materials of all packages of the workspace, as pnpm writes it. */
export async function readSbom(root: string): Promise<string> {
  const args = [
    '-y',
    'pnpm@12',
    '--silent',
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
  ]
  const { stdout } = await promisify(execFile)('npx', args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  })
  return stdout
}
