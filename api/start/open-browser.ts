import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const opener = fileURLToPath(new URL('../../extension/e2e/browsers/open.ts', import.meta.url))

/** A browser that was found on this machine. */
export type FoundBrowser = { kind: 'chrome' | 'firefox'; name: string }

export type OpenedBrowser = { close(): Promise<void> }

/** Which browser could be opened here; nothing where there is none or no display. */
export async function findBrowser(): Promise<FoundBrowser | undefined> {
  const child = fork(opener, ['find'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  return await firstMessage<FoundBrowser>(child)
}

/** Opens a fresh profile with the extension loaded (checked) and the page open. Throws a sentence when it fails. */
export async function openBrowser(folder: string, url: string): Promise<OpenedBrowser> {
  // A group of its own: Ctrl-C reaches this process alone, which closes things in their order.
  const child = fork(opener, ['open', folder, url], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true,
  })
  const said: string[] = []
  child.stderr?.on('data', (text: Buffer) => said.push(text.toString()))
  const opened = await firstMessage<'opened'>(child)
  if (opened === undefined) throw new Error(said.join('').trim() || 'the browser ended at once')
  return { close: () => close(child) }
}

async function firstMessage<T>(child: ChildProcess): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<T | undefined>()
  child.on('message', (message) => resolve(message as T))
  child.on('exit', () => resolve(undefined))
  child.on('error', () => resolve(undefined))
  return await promise
}

async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
