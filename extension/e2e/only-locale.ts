import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locale } from '../locales/testing/messages-of.ts'

/** Leaves one language in a built extension, so that any browser shows it: here they are installed in English alone. */
export async function keepOnlyLocale(extension: string, locale: Locale): Promise<void> {
  const folder = join(extension, '_locales')
  for (const other of await readdir(folder))
    if (other !== locale) await rm(join(folder, other), { recursive: true })
  const path = join(extension, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...manifest, default_locale: locale }))
}
