import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { postgresAccount, programOptions } from './postgres-account.ts'
import { postgresPackage, postgresPrograms } from './postgres-programs.ts'

const run = promisify(execFile)

describe('postgresPackage', () => {
  it('names the way out on a platform without a package', () => {
    expect(() => postgresPackage('sunos', 'x64')).toThrow(
      'There is no embedded PostgreSQL for this platform (sunos-x64): set DATABASE_URL to a PostgreSQL of yours.',
    )
  })

  it('asks to install the dependencies again where only the package is missing', () => {
    expect(() => postgresPackage(process.platform === 'win32' ? 'linux' : 'win32', 'x64')).toThrow(
      /is not installed: install the dependencies again/,
    )
  })
})

describe.runIf(process.getuid?.() === 0)('postgresPrograms as root', () => {
  let root: string

  beforeEach(async () => {
    root = await mkdtemp(join(await realpath(tmpdir()), 'lectern-programs-'))
    await chmod(root, 0o711)
  })

  afterEach(() => rm(root, { recursive: true, force: true }))

  it('copies the programs once out of a folder that is closed to their account', async () => {
    const closed = join(root, 'closed')
    const shared = join(root, 'shared')
    await mkdir(closed, { mode: 0o700 })
    await cp(postgresPackage(), join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    const account = await postgresAccount(join(root, 'postgres'))

    const programs = await Promise.all([
      postgresPrograms(join(closed, 'package'), account, shared),
      postgresPrograms(join(closed, 'package'), account, shared),
    ])

    const [copy] = await readdir(shared)
    expect(await readdir(shared)).toEqual([expect.stringMatching(/^postgresql-\d/)])
    for (const { initdb } of programs) {
      expect(initdb).toBe(join(shared, copy ?? '', 'bin', 'initdb'))
      const { stdout } = await run(initdb, ['--version'], { ...programOptions(account), cwd: '/' })
      expect(stdout).toContain('PostgreSQL')
    }
  })
})
