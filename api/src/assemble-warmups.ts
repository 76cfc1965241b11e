import type { Database } from './storage/database.ts'
import { createRewriteStore } from './storage/rewrite-store.ts'
import { WarmupJobs, type WarmupJobsOptions } from './storage/warmup-jobs.ts'
import { createWarmupStore } from './storage/warmup-store.ts'
import { type MakingPorts, makeRewrite } from './warmups/make-rewrite.ts'
import { SpentBudgets } from './warmups/spent-budgets.ts'
import type { WarmupPorts } from './warmups/warmups.ts'

type Parts = Omit<MakingPorts, 'store' | 'rewrites' | 'spent'> &
  Omit<WarmupJobsOptions, 'make' | 'waiting'> & { database: Database }

/** Warm-ups over a database; their jobs are to be started, and stopped before what makes rewrites is closed. */
export function assembleWarmups({ database, personalizer, engine, sites, sha256, ...options }: Parts): {
  warmups: WarmupPorts
  jobs: WarmupJobs
} {
  const store = createWarmupStore(database)
  const rewrites = createRewriteStore(database)
  const ports = { store, personalizer, rewrites, engine, spent: new SpentBudgets(), sites, sha256 }
  const jobs = new WarmupJobs({
    ...options,
    make: (rewriteId, last, signal) => makeRewrite(ports, rewriteId, last, signal),
    async waiting() {
      await store.tidy()
      return await store.waiting()
    },
  })
  return { warmups: { store, queue: jobs, sites, sha256 }, jobs }
}
