import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { PersonalizedLesson } from '@lectern/shared'
import { createParser } from 'eventsource-parser'
import { handled } from './lesson-api.ts'

const program = fileURLToPath(new URL('../../server.ts', import.meta.url))

/** An event of a stream, with when it arrived, in milliseconds of this process. */
export type Arrival = { event: string; at: number; data: Record<string, unknown> }

/** The API as a process of its own. */
export type ApiProcess = {
  url: string
  /** Where its metrics are, if LECTERN_METRICS_PORT says so. */
  metrics?: string
  /** What it has logged as a warning or an error. */
  complaints: string[]
  /** Ends it by a signal, and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<void>
  /** Asks for a lesson as an event stream, to its end. */
  stream(path: string, user?: string, body?: object): Promise<Arrival[]>
  send(method: string, path: string, user?: string, body?: object): Promise<Response>
}

/** A process that is starting. */
export type StartingProcess = {
  /** What it has said of its start so far. */
  said(): string
  /** Rejects with what it says where it cannot start. */
  started: Promise<ApiProcess>
}

/** Starts `node api/src/server.ts` on a free port with these settings. Throws what it says where it cannot start. */
export function startApiProcess(env: Record<string, string>): Promise<ApiProcess> {
  return launchApiProcess(env).started
}

/** The same for who does not only wait for it. */
export function launchApiProcess(env: Record<string, string>): StartingProcess {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', LECTERN_ALLOW_UNLISTED: '1', ...env },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return { said: () => said, started: whenStarted(child, () => said) }
}

async function whenStarted(child: ChildProcess, said: () => string): Promise<ApiProcess> {
  const complaints: string[] = []
  let metrics: string | undefined
  const url = await listening(child, said, (line) => {
    metrics ??= /Metrics at (http:[^"]+)/.exec(line)?.[1]
    if ((JSON.parse(line) as { level: number }).level >= 40) complaints.push(line)
  })
  const send: ApiProcess['send'] = (method, path, user, body) =>
    fetch(url + path, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(user && { 'x-user-id': user }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  return {
    url,
    ...(metrics !== undefined && { metrics }),
    complaints,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
    send,
    stream(path, user, body) {
      const asked = fetch(url + path, {
        method: body ? 'POST' : 'GET',
        headers: {
          accept: 'text/event-stream',
          ...(body && { 'content-type': 'application/json' }),
          ...(user && { 'x-user-id': user }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      return handled(asked.then(arrivals))
    },
  }
}

/** The whole lesson of an answer without events. */
export async function lessonOf(response: Response): Promise<PersonalizedLesson> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as PersonalizedLesson
}

async function arrivals(response: Response): Promise<Arrival[]> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  const all: Arrival[] = []
  const parser = createParser({
    onEvent: ({ event = '', data }) => all.push({ event, at: performance.now(), data: JSON.parse(data) }),
  })
  const decoder = new TextDecoder()
  for await (const piece of response.body ?? []) parser.feed(decoder.decode(piece, { stream: true }))
  return all
}

/** The address that it logs; its lines go on to `onLine`. */
function listening(child: ChildProcess, said: () => string, onLine: (line: string) => void): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let rest = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const url = /Server listening at (http:[^"]+)/.exec(line)?.[1]
      if (url) resolve(url)
      onLine(line)
    }
  })
  // Not at its exit, when some of what it says may still be under way.
  child.once('close', () => reject(new Error(`The API did not start: ${said()}`)))
  return promise
}
