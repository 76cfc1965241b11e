import { emptyReceipt } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Following, Lease, MakingNews } from '../rewriting/leases.ts'
import type { RewriteKey, StoredRewrite } from '../rewriting/ports.ts'
import type { SectionStep } from '../rewriting/rewrite-section.ts'
import { openTestDatabase, type TestDatabase } from '../test-api.ts'
import { Broadcast } from './broadcast.ts'
import { connect, type Database } from './database.ts'
import { RewriteLeases } from './rewrite-leases.ts'

export const key: RewriteKey = {
  section: 'a'.repeat(64),
  profile: 'b'.repeat(64),
  version: 'c'.repeat(64),
}
export const keyOf = (section: string): RewriteKey => ({ ...key, section: section.repeat(64) })

export const step = (block: number, inline = `The block ${block}.`): SectionStep => ({
  type: 'block',
  rewrite: { block, status: 'rewritten', inline },
})

export const rewriteOf = (of: RewriteKey, model = 'm'): StoredRewrite => ({
  key: of,
  blocks: [{ block: 1, status: 'kept' }],
  additions: [],
  receipt: { ...emptyReceipt, kept: 1 },
  model,
  generated_at: new Date('2026-11-20T10:00:00Z'),
  prompt_tokens: 1,
  completion_tokens: 1,
})

/** The leases as one process of the API sees them. */
export type LeaseProcess = {
  leases: RewriteLeases
  /** What became of each lease that it asked for. */
  outcomes: string[]
  failures: unknown[]
  database: Database
  broadcast: Broadcast
}

/** A database for the tests of a file, empty for each, and processes on it that end with each. */
export function withLeases(): {
  database(): Database
  startProcess(options?: { direct?: boolean; leaseMs?: number }): Promise<LeaseProcess>
  silence(process: LeaseProcess): Promise<void>
} {
  let test: TestDatabase
  const processes: { close(): Promise<void> }[] = []
  beforeAll(async () => {
    test = await openTestDatabase()
  })
  beforeEach(() =>
    test.database.orm.execute(
      sql`truncate rewrite_leases, rewrite_steps, personalized_content_cache cascade`,
    ),
  )
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.close()))
  })
  afterAll(() => test.close())
  return {
    database: () => test.database,
    /** Without a direct connection it hears no hints. */
    async startProcess({ direct = true, leaseMs = 600 } = {}) {
      const failures: unknown[] = []
      const outcomes: string[] = []
      const fail = (failure: unknown) => failures.push(failure)
      const database = connect(test.config)
      const broadcast = new Broadcast(direct ? test.config : {}, database, fail)
      broadcast.start()
      const leases = new RewriteLeases(database, broadcast, fail, leaseMs, (became) => outcomes.push(became))
      const close = async () => {
        await leases.close()
        await broadcast.close()
        await database.close()
      }
      processes.push({ close })
      if (direct) await expect.poll(() => broadcast.listening).toBe(true)
      return { leases, outcomes, failures, database, broadcast }
    },
    /** Lets a process fall silent as if it were stopped: nothing of it is renewed any more. */
    async silence({ leases }) {
      await leases.close()
      await test.database.orm.execute(
        sql`update rewrite_leases set lease_until = now() - interval '1 second'`,
      )
    },
  }
}

export async function takeLease(leases: RewriteLeases, of = key): Promise<Lease> {
  const taken = await leases.take(of, 2)
  if (taken.state !== 'leased') throw new Error(`The lease is ${taken.state}.`)
  return taken.lease
}

/** The news until there is something of one of these states, with all steps. */
export async function newsUntil(following: Following, ...states: MakingNews['state'][]): Promise<MakingNews> {
  const steps: SectionStep[] = []
  for (;;) {
    const news = await following.next(AbortSignal.timeout(20_000))
    steps.push(...news.steps)
    if (states.includes(news.state)) return { ...news, steps }
  }
}
