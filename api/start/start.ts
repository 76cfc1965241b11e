import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serveDemo } from '../demo/serve-demo.ts'
import { type Config, readConfig } from '../src/config.ts'
import { type Server, startServer } from '../src/server.ts'
import { type BuiltExtension, buildExtension } from './build-extension.ts'
import { checkNode } from './check-node.ts'
import { type FoundBrowser, findBrowser, openBrowser } from './open-browser.ts'
import { Steps } from './steps.ts'
import { summary } from './summary.ts'

const envFile = fileURLToPath(new URL('../../.env', import.meta.url))

/** Everything for a first look: database, API, demo textbook, extension and browser; until `stop` is aborted. */
async function start(options: { browser: boolean }, stop: AbortSignal): Promise<void> {
  const steps = new Steps(process.stdout)
  await using running = new AsyncDisposableStack()
  steps.done('install', `Node ${process.versions.node} and the packages are here`)
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  const settings = readConfig(process.env)

  const demo = await steps.run(
    'textbook',
    () => serveDemo({ port: settings.demo.port }),
    ({ url }) => url,
  )
  running.defer(demo.close)
  stop.throwIfAborted()

  // On a machine of one's own, curl and a first try need no whitelist, and staff may list what runs there; everywhere
  // else both are off by default.
  const config: Config = {
    ...settings,
    allowUnlisted: true,
    allowPrivateSites: true,
    demo: { ...settings.demo, url: demo.url.replace(/\/$/, '') },
  }
  const server = await startApi(config, steps)
  running.defer(server.close)
  stop.throwIfAborted()

  const found = options.browser ? await findBrowser() : undefined
  const extension = await steps.run(
    'build',
    () => buildExtension(found?.kind ?? 'chrome', server.url, stop),
    ({ folder }) => folder,
  )
  const opened = await open(found, extension, demo.url, steps)
  if (opened !== undefined) running.defer(opened.close)
  process.stdout.write(summary({ server, demo: demo.url, extension, opened: opened !== undefined }))
  await aborted(stop)
  process.stdout.write('\nStopping ...\n')
}

/** The API's own steps, each timed from when the one before it ended. */
async function startApi(config: Config, steps: Steps): Promise<Server> {
  const timed = steps.sequence({
    database: config.database
      ? 'the one of DATABASE_URL'
      : 'embedded PostgreSQL, its data in .lectern/postgres',
    migrations: 'the tables are up to date',
    api: 'answers',
  })
  try {
    const logStream = { write: () => undefined }
    const server = await startServer({ ...config, logLevel: 'silent' }, { onStep: timed.begin, logStream })
    timed.end()
    return server
  } catch (error) {
    timed.fail()
    throw error
  }
}

async function open(found: FoundBrowser | undefined, extension: BuiltExtension, url: string, steps: Steps) {
  if (found === undefined) {
    steps.done('browser', 'none opened: no browser with a display was found')
    return undefined
  }
  try {
    return await steps.run(
      'browser',
      () => openBrowser(extension.path, url),
      () => `${found.name}, with the extension loaded`,
    )
  } catch (error) {
    // The rest runs: the folder can be loaded by hand, as the summary says.
    steps.note(`${found.name} could not be opened: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  // Nothing else may be open that keeps the process.
  const alive = setInterval(() => undefined, 60_000)
  await promise
  clearInterval(alive)
}

async function main(): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  try {
    checkNode()
    await start({ browser: !process.argv.includes('--no-browser') }, stopping.signal)
  } catch (error) {
    if (stopping.signal.aborted) return
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

await main()
