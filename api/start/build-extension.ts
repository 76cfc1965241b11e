import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Its folder, relative to the project. */
export type BuiltExtension = { folder: string; path: string }

/**
 * Builds the extension for trying it out: localhost is granted and `apiUrl` is its API. The shipped builds
 * (`pnpm build`) are others, in other folders.
 */
export async function buildExtension(
  browser: 'chrome' | 'firefox',
  apiUrl: string,
  signal: AbortSignal,
): Promise<BuiltExtension> {
  const env = { ...process.env, LECTERN_LOCALHOST: '1', LECTERN_API_URL: apiUrl }
  const build = spawn(process.execPath, [wxtCommand(), 'build', '-b', browser], {
    cwd: root,
    env,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [build.stdout, build.stderr])
    stream.on('data', (text: Buffer) => said.push(text.toString()))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  build.on('close', resolve)
  build.on('error', reject)
  if ((await promise) !== 0)
    throw new Error(
      `The extension could not be built. The build said:\n${said.join('').trim().split('\n').slice(-15).join('\n')}`,
    )
  const folder = `.output/try/${browser}-mv3`
  return { folder, path: `${root}${folder}` }
}

function wxtCommand(): string {
  return fileURLToPath(new URL('../../node_modules/wxt/bin/wxt.mjs', import.meta.url))
}
