import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StandInSettings } from '../load/stand-in-model.ts'
import type { Load, LoadResult } from './load-client.ts'
import type { ServerRequest, ServerSettings, Usage } from './server.ts'

/** A process of the API, asked over IPC: no route that only the benchmark knows takes part in what is measured. */
export type BenchServer = {
  url: string
  usage(): Promise<Usage>
  setFloor(key: string, answer: string): Promise<unknown>
  /** Ends it as a crash does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function startServer(settings: ServerSettings): Promise<BenchServer> {
  const child = start('server.ts', [JSON.stringify(settings)])
  const { url } = await answerOf<{ url: string }>(child)
  const ask = <T>(request: ServerRequest) => answerOf<T>(child, request)
  return {
    url,
    usage: () => ask<Usage>({ usage: true }),
    setFloor: (key, answer) => ask({ floor: { key, answer } }),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    stop: () => stop(child),
  }
}

/** The stand-in for a model. */
export type BenchModel = {
  url: string
  /** Sets its pace, and its count of calls to none. */
  configure(settings: Partial<Pick<StandInSettings, 'ttft_ms' | 'tokens_per_second'>>): Promise<unknown>
  calls(): Promise<number>
  stop(): Promise<void>
}

export async function startModel(): Promise<BenchModel> {
  const child = start('model.ts', [])
  const { url } = await answerOf<{ url: string }>(child)
  const control = new URL('/control', url)
  return {
    url,
    configure: (settings) =>
      fetch(control, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(settings),
      }),
    calls: async () => ((await (await fetch(control)).json()) as { calls: number }).calls,
    stop: () => stop(child),
  }
}

export type LoadClient = { run(load: Load): Promise<LoadResult>; stop(): Promise<void> }

export function startLoadClient(): LoadClient {
  const child = start('load-client.ts', [])
  return { run: (load) => answerOf<LoadResult>(child, load), stop: () => stop(child) }
}

function start(file: string, args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args)
}

async function answerOf<T>(child: ChildProcess, question?: object): Promise<T> {
  const ended = new AbortController()
  const answer = once(child, 'message', { signal: ended.signal }) as Promise<[T]>
  const death = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error(`${child.spawnargs.at(-1)} ended early.`)
  })
  if (question !== undefined) child.send(question)
  try {
    const [message] = (await Promise.race([answer, death])) as [T]
    return message
  } finally {
    ended.abort()
    // The loser of the race ends by the abort.
    await Promise.allSettled([answer, death])
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.disconnect()
  await exit
}
