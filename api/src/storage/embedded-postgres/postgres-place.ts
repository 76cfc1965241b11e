import { randomUUID } from 'node:crypto'
import { chmod, lstat, mkdir, readlink, realpath, symlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { EmbeddedPostgresError, USE_YOUR_OWN } from './embedded-postgres-error.ts'
import { isOpenTo, type PostgresAccount } from './postgres-account.ts'

/**
 * Where the database of `folder` really lies, as an absolute path; its parent folder is made.
 * That is `folder` itself, unless a folder above it is closed to `account`: then `folder` becomes a link to a new
 * folder in `shared`. A link rather than a path derived from the project's: deleting `folder` begins anew either way.
 */
export async function postgresPlace(
  folder: string,
  account: PostgresAccount | undefined,
  shared: string,
): Promise<{ place: string; linked: boolean }> {
  await mkdir(dirname(folder), { recursive: true })
  const parent = await realpath(dirname(folder))
  const here = join(parent, basename(folder))
  const found = await lstat(here).catch(() => undefined)
  if (found?.isSymbolicLink()) {
    const place = await targetOf(here)
    await mkdir(dirname(place), { recursive: true })
    return { place, linked: true }
  }
  if (!account || (await isOpenTo(account, parent))) return { place: here, linked: false }
  if (!found) return { place: await linkInto(shared, here), linked: true }
  throw new EmbeddedPostgresError(
    'folder_unusable',
    `The database folder ${here} lies in a folder that is closed to the account "${account.name}", which runs ` +
      `PostgreSQL in place of root: open ${parent} to it, delete the database folder, or ${USE_YOUR_OWN}.`,
  )
}

/** Makes a folder that every account may enter, whatever the umask. */
export async function makeOpenFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
  await chmod(path, 0o755)
}

async function linkInto(shared: string, here: string): Promise<string> {
  await makeOpenFolder(shared)
  try {
    await symlink(join(shared, `postgres-${randomUUID()}`), here)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return targetOf(here) // ours, or that of another start at the same time
}

async function targetOf(link: string): Promise<string> {
  return resolve(dirname(link), await readlink(link))
}
