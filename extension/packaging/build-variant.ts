import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const script = `
  import { build } from 'wxt'
  const [root, outDir, browser] = process.argv.slice(1)
  await build({ root, outDir, browser })
`

/** Builds the extension as the command line does, into a folder of its own; gives the folder to load. */
export async function buildVariant(
  outDir: string,
  browser: 'chrome' | 'firefox',
  variables: Record<string, string>,
): Promise<string> {
  const env = { ...process.env, NODE_ENV: 'production', ...variables }
  const args = ['--input-type=module', '--eval', script, root, outDir, browser]
  await promisify(execFile)(process.execPath, args, { cwd: root, env })
  return join(outDir, `${browser}-mv3`)
}
