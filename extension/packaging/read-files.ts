import { glob, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

type Selection = { include: readonly string[]; exclude?: readonly string[] }

/** The files in a folder that patterns select, by their paths with slashes. */
export async function readFiles(
  folder: string,
  { include, exclude = [] }: Selection,
): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {}
  const found = glob(include, { cwd: folder, exclude, withFileTypes: true })
  for await (const entry of found) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files[path.slice(join(folder, sep).length).replaceAll(sep, '/')] = await readFile(path)
  }
  return files
}
