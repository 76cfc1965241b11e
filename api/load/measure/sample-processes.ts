import { request } from 'undici'
import { type MetricLines, readMetrics, sumOf } from './metrics-text.ts'

/** A process at a moment. Bytes, and seconds of CPU since it began. */
export type ProcessSample = {
  /** Milliseconds from the start of the run. */
  at: number
  cpuS: number
  rss: number
  heap: number
  external: number
  /** Sockets and files that are open, timers that run. */
  sockets: number
  timers: number
  connections: number
  /** Sections that are made, wait or are followed. */
  inWork: number
  loopLagP99Ms: number
  counts: Counts
}

/** What a process has counted since it began. */
export type Counts = {
  stored: number
  shared: number
  made: number
  failed: number
  calls: number
  promptTokens: number
  completionTokens: number
  takenOver: number
  refused: number
}

export type ProcessSeries = { name: string; samples: ProcessSample[] }

/** Looks at the metrics of processes, and at this process's own use of the machine. */
export class ProcessSampler {
  readonly series: ProcessSeries[]
  readonly #urls: readonly string[]
  #started = performance.now()

  constructor(urls: readonly string[]) {
    this.#urls = urls
    this.series = urls.map((_, i) => ({ name: `API ${i + 1}`, samples: [] }))
  }

  /** The run begins now: what was seen before does not belong to it. */
  restart(): void {
    this.#started = performance.now()
    for (const { samples } of this.series) samples.length = 0
  }

  /** Takes one sample of each; a process that does not answer is passed over. */
  async sample(): Promise<void> {
    await Promise.all(
      this.#urls.map(async (url, i) => {
        const lines = await readFrom(url)
        if (lines) this.series[i]?.samples.push(sampleOf(lines, performance.now() - this.#started))
      }),
    )
  }

  /** The sum over all processes since the run began. */
  counted(): Counts {
    const sum = { ...zero }
    for (const { samples } of this.series) {
      const [first, last] = [samples[0], samples.at(-1)]
      if (first && last) for (const key of keys) sum[key] += last.counts[key] - first.counts[key]
    }
    return sum
  }
}

const zero: Counts = {
  stored: 0,
  shared: 0,
  made: 0,
  failed: 0,
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  takenOver: 0,
  refused: 0,
}
const keys = Object.keys(zero) as (keyof Counts)[]

async function readFrom(url: string): Promise<MetricLines | undefined> {
  try {
    const { statusCode, body } = await request(url, { headersTimeout: 5_000, bodyTimeout: 5_000 })
    const text = await body.text()
    return statusCode === 200 ? readMetrics(text) : undefined
  } catch {
    return undefined
  }
}

function sampleOf(lines: MetricLines, at: number): ProcessSample {
  const of = (name: string, label?: string) => sumOf(lines, name, label)
  const sections = (how: string) => of('lectern_sections_total', `how="${how}"`)
  return {
    at,
    cpuS: of('process_cpu_user_seconds_total') + of('process_cpu_system_seconds_total'),
    rss: of('process_resident_memory_bytes'),
    heap: of('nodejs_heap_size_used_bytes'),
    external: of('nodejs_external_memory_bytes'),
    sockets: of('nodejs_active_resources', 'TCP') + of('nodejs_active_resources', 'TLS'),
    timers: of('nodejs_active_resources', 'Timeout') + of('nodejs_active_resources', 'Immediate'),
    connections: of('lectern_connections'),
    inWork: of('lectern_sections_in_work'),
    loopLagP99Ms: of('nodejs_eventloop_lag_p99_seconds') * 1000,
    counts: {
      stored: sections('stored'),
      shared: sections('shared'),
      made: sections('made'),
      failed: sections('failed'),
      calls: of('lectern_model_calls_total'),
      promptTokens: of('lectern_tokens_total', 'prompt'),
      completionTokens: of('lectern_tokens_total', 'completion'),
      takenOver: of('lectern_leases_total', 'taken_over'),
      refused: of('lectern_refused_total'),
    },
  }
}
