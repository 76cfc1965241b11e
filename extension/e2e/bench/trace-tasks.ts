import type { CDPSession, Page } from 'playwright-core'

/** A task of a page's main thread in which a content script of the extension ran (milliseconds of the processor). */
export type ScriptTask = {
  /** The whole task, with the layout and whatever else it brought. */
  whole: number
  /** By script, its own part, with the browser's functions that it called. */
  scripts: ReadonlyMap<string, number>
}

type TraceEvent = {
  name: string
  ph: string
  id?: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args: {
    data?: {
      startTime?: number
      cpuProfile?: { nodes?: ProfileNode[]; samples?: number[] }
      timeDeltas?: number[]
    }
  }
}
type ProfileNode = { id: number; parent?: number; callFrame: { url?: string } }
type Sample = { pid: number; ts: number; ms: number; script: string }

const CATEGORIES = [
  'toplevel',
  'disabled-by-default-v8.cpu_profiler',
  'disabled-by-default-v8.cpu_profiler.hires',
]
const CONTENT_SCRIPT = /^chrome-extension:.*\/((?:recognizer|lesson-bar|lesson-view)\.js)$/

/** The tasks in which content scripts ran while something was done with a page. */
export async function traceTasks(page: Page, work: () => Promise<void>): Promise<ScriptTask[]> {
  const session = await page.context().newCDPSession(page)
  const events = await trace(session, work)
  await session.detach()
  const samples = samplesOf(events)
  return topTasks(events).flatMap((task) => {
    const within = samples.filter(({ pid, ts }) => pid === task.pid && isAt(ts, task))
    if (within.length === 0) return []
    // Samples are counted by the clock, in which a busy machine may do something else.
    const share = (task.tdur ?? 0) / (task.dur || 1)
    const scripts = new Map<string, number>()
    for (const { script, ms } of within) scripts.set(script, (scripts.get(script) ?? 0) + ms * share)
    return [{ whole: (task.tdur ?? 0) / 1000, scripts }]
  })
}

/** Tasks of threads that ran our scripts, without those within another. */
function topTasks(events: readonly TraceEvent[]): TraceEvent[] {
  const tasks = events.filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'))
  const top: TraceEvent[] = []
  for (const task of tasks.sort((a, b) => a.tid - b.tid || a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const last = top.at(-1)
    if (last === undefined || last.tid !== task.tid || last.pid !== task.pid || !isAt(task.ts, last))
      top.push(task)
  }
  return top.filter(({ dur }) => (dur ?? 0) > 100)
}

function isAt(ts: number, task: TraceEvent): boolean {
  return ts >= task.ts && ts < task.ts + (task.dur ?? 0)
}

/** What the processor was found at, by sample, where a content script was among the callers: the first that was. */
function samplesOf(events: readonly TraceEvent[]): Sample[] {
  const profiles = events.filter(({ name }) => name === 'Profile')
  return profiles.flatMap(({ id, pid, args }) => {
    const scripts = new Map<number, string | undefined>()
    const samples: Sample[] = []
    let ts = args.data?.startTime ?? 0
    for (const chunk of events.filter(
      (event) => event.name === 'ProfileChunk' && event.id === id && event.pid === pid,
    )) {
      const { cpuProfile, timeDeltas = [] } = chunk.args.data ?? {}
      for (const node of cpuProfile?.nodes ?? [])
        scripts.set(
          node.id,
          scripts.get(node.parent ?? 0) ?? CONTENT_SCRIPT.exec(node.callFrame.url ?? '')?.[1],
        )
      for (const [i, node] of (cpuProfile?.samples ?? []).entries()) {
        const delta = timeDeltas[i] ?? 0
        ts += delta
        const script = scripts.get(node)
        if (script !== undefined) samples.push({ pid, ts, ms: delta / 1000, script })
      }
    }
    return samples
  })
}

async function trace(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) events.push(event)
  })
  await session.send('Tracing.start', { categories: CATEGORIES.join(), transferMode: 'ReportEvents' })
  await work()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return events
}
