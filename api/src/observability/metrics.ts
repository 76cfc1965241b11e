import type { IncomingMessage } from 'node:http'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { SectionTally } from '../rewriting/ports.ts'
import type { LeaseOutcome } from '../storage/rewrite-leases.ts'

/** How a request was turned away before it was looked at. */
export type Refusal = 'pressure' | 'learner' | 'address' | 'creation'
/** What became of a section's lease in this process. */
export type LeaseEvent = LeaseOutcome | 'lost'

/** What is read when somebody looks. */
export type Readings = {
  /** Sections whose call to the engine is under way, or waits for its turn; and sections that are followed, too. */
  work(): { making: number; waiting: number; flights: number }
  breakerOpen(): boolean
  queriesUnderWay(): number
  connections(): Promise<number>
}

/** From a hit in memory to a lesson that streams for minutes. */
const REQUEST_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300]
const QUERY_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

/** What is counted of one process, for Prometheus. No label has a learner, an address or anything of a lesson in it. */
export class Metrics {
  readonly registry = new Registry()
  readonly #registers = [this.registry]

  readonly #requests = new Histogram({
    name: 'lectern_request_seconds',
    help: 'Requests by route pattern and status, to the last byte of their answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: REQUEST_SECONDS,
    registers: this.#registers,
  })
  readonly #refused = new Counter({
    name: 'lectern_refused_total',
    help: 'Requests that were turned away: under pressure, or beyond the rate of a learner or an address',
    labelNames: ['reason'] as const,
    registers: this.#registers,
  })
  readonly #sections = new Counter({
    name: 'lectern_sections_total',
    help: 'Sections asked for: stored already, in the making for another (shared), made for who asked, or failed',
    labelNames: ['how'] as const,
    registers: this.#registers,
  })
  readonly #leases = new Counter({
    name: 'lectern_leases_total',
    help: 'Leases of sections: led here, followed elsewhere, taken over, found stored, lost',
    labelNames: ['event'] as const,
    registers: this.#registers,
  })
  readonly #calls = new Counter({
    name: 'lectern_model_calls_total',
    help: 'Calls to the model that have ended and may have cost something',
    registers: this.#registers,
  })
  readonly #tokens = new Counter({
    name: 'lectern_tokens_total',
    help: 'Tokens of prompts and of answers',
    labelNames: ['kind'] as const,
    registers: this.#registers,
  })
  readonly #cost = new Counter({
    name: 'lectern_cost_total',
    help: 'What the tokens cost, in the currency of the settings',
    registers: this.#registers,
  })
  readonly #queries = new Histogram({
    name: 'lectern_database_query_seconds',
    help: 'Queries by kind and outcome, the wait for a connection included',
    labelNames: ['kind', 'outcome'] as const,
    buckets: QUERY_SECONDS,
    registers: this.#registers,
  })
  readonly #deleted = new Counter({
    name: 'lectern_retention_deleted_total',
    help: 'What was removed because it was not used for so long',
    labelNames: ['what'] as const,
    registers: this.#registers,
  })

  request(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status }, seconds)
  }

  refused(reason: Refusal): void {
    this.#refused.inc({ reason })
  }

  sections({ made = 0, shared = 0, hits = 0, failed = 0 }: Partial<SectionTally>): void {
    if (hits > 0) this.#sections.inc({ how: 'stored' }, hits)
    if (shared > 0) this.#sections.inc({ how: 'shared' }, shared)
    if (made > 0) this.#sections.inc({ how: 'made' }, made)
    if (failed > 0) this.#sections.inc({ how: 'failed' }, failed)
  }

  lease(event: LeaseEvent): void {
    this.#leases.inc({ event })
  }

  settled(settlement: { prompt_tokens: number; completion_tokens: number; cost: number }): void {
    // What was reserved and given back was no call.
    if (settlement.prompt_tokens + settlement.completion_tokens > 0) this.#calls.inc()
    this.#tokens.inc({ kind: 'prompt' }, settlement.prompt_tokens)
    this.#tokens.inc({ kind: 'completion' }, settlement.completion_tokens)
    this.#cost.inc(settlement.cost)
  }

  query(kind: 'read' | 'write', outcome: 'done' | 'failed', seconds: number): void {
    this.#queries.observe({ kind, outcome }, seconds)
  }

  deleted(what: 'rewrites' | 'learners' | 'lessons', count: number): void {
    this.#deleted.inc({ what }, count)
  }

  /** Adds what is not counted but looked at. Once. */
  watch({ work, breakerOpen, queriesUnderWay, connections }: Readings): void {
    const registers = this.#registers
    new Gauge({
      name: 'lectern_sections_in_work',
      help: 'Sections being asked for at the model (making), waiting for a place, and in flight with followed ones',
      labelNames: ['state'] as const,
      registers,
      collect() {
        const { making, waiting, flights } = work()
        this.set({ state: 'making' }, making)
        this.set({ state: 'waiting' }, waiting)
        this.set({ state: 'flights' }, flights)
      },
    })
    new Gauge({
      name: 'lectern_breaker_open',
      help: 'Whether the model is left alone after several failures',
      registers,
      collect() {
        this.set(breakerOpen() ? 1 : 0)
      },
    })
    new Gauge({
      name: 'lectern_database_queries_under_way',
      help: 'Queries that run or wait for a connection of the pool',
      registers,
      collect() {
        this.set(queriesUnderWay())
      },
    })
    new Gauge({
      name: 'lectern_connections',
      help: 'Open connections of clients',
      registers,
      async collect() {
        this.set(await connections())
      },
    })
  }
}

/** Connections of a server, for `watch`; none once it is closed. */
export function countConnections(server: {
  getConnections(done: (error: Error | null, count: number) => void): void
}): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)))
}

/** What a look at /metrics may be: a scraper sends nothing else. */
export function asksForMetrics({ method, url }: Pick<IncomingMessage, 'method' | 'url'>): boolean {
  return (method === 'GET' || method === 'HEAD') && url?.split('?')[0] === '/metrics'
}
