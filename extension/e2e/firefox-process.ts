import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFirefox } from './browsers/find.ts'
import { Marionette } from './marionette.ts'

/** What must be set before Marionette starts, which itself sets all else that a test run needs. */
const preferences = `
user_pref("marionette.port", 0);
user_pref("browser.startup.page", 0);
user_pref("intl.accept_languages", "en-US, en");
`

/** A Firefox takes policies from a file of its own only where it is under test, which both of these say. */
const underTest = 'security.turn_off_all_security_so_that_viruses_can_take_over_this_computer'
const noNetwork = { MOZ_DISABLE_NONLOCAL_CONNECTIONS: '1' }

const START_MS = 60_000
const END_MS = 20_000

/** Starts the Firefox of this machine without a window and with a fresh profile; `close` leaves nothing of it. */
export async function startFirefox(
  policies?: string,
): Promise<{ marionette: Marionette; close(): Promise<void> }> {
  const path = await findFirefox()
  if (path === undefined) throw new Error('No Firefox here: run "node extension/e2e/browsers/ensure.ts".')
  await using started = new AsyncDisposableStack()
  const profile = await mkdtemp(join(tmpdir(), 'lectern-firefox-'))
  started.defer(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }))
  await writeFile(join(profile, 'user.js'), preferences + managedBy(policies))
  const firefox = await spawnFirefox(path, profile, policies === undefined ? {} : noNetwork)
  started.defer(() => stop(firefox))
  const marionette = await Marionette.connect(await marionettePort(firefox, profile))
  started.defer(() => quit(marionette, firefox))
  const running = started.move()
  return { marionette, close: () => running.disposeAsync() }
}

function managedBy(policies: string | undefined): string {
  if (policies === undefined) return ''
  const set = { 'browser.policies.alternatePath': policies, [underTest]: true }
  return Object.entries(set)
    .map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`)
    .join('')
}

async function spawnFirefox(
  path: string,
  profile: string,
  variables: Record<string, string>,
): Promise<ChildProcess> {
  const args = [
    '--marionette',
    '--remote-allow-system-access',
    '--headless',
    '--no-remote',
    '--profile',
    profile,
  ]
  const firefox = spawn(path, args, { stdio: 'ignore', env: { ...process.env, ...variables } })
  await once(firefox, 'spawn')
  // Also where a run ends before its clean-up.
  const kill = () => firefox.kill('SIGKILL')
  process.once('exit', kill)
  firefox.once('exit', () => process.off('exit', kill))
  return firefox
}

/** The port that Firefox chose: it writes it into its profile once it listens. */
async function marionettePort(firefox: ChildProcess, profile: string): Promise<number> {
  const file = join(profile, 'MarionetteActivePort')
  for (const end = Date.now() + START_MS; Date.now() < end; await delay(50)) {
    if (hasEnded(firefox)) throw new Error('Firefox ended while it started.')
    const port = Number(await readFile(file, 'utf8').catch(() => ''))
    if (port > 0) return port
  }
  throw new Error(`Firefox did not start within ${START_MS / 1000} s.`)
}

async function quit(marionette: Marionette, firefox: ChildProcess): Promise<void> {
  await marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined)
  if (!hasEnded(firefox)) await Promise.race([once(firefox, 'exit'), delay(END_MS, null, { ref: false })])
  marionette.close()
}

async function stop(firefox: ChildProcess): Promise<void> {
  if (hasEnded(firefox)) return
  firefox.kill('SIGKILL')
  await once(firefox, 'exit')
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
