import type { StoredRewrite } from '../rewriting/ports.ts'
import { Broadcast } from './broadcast.ts'
import type { Database } from './database.ts'
import { RewriteLeases } from './rewrite-leases.ts'

/** Stores a rewrite as its maker does: under a lease, and not where one that can be read is stored. */
export async function storeRewrite(database: Database, rewrite: StoredRewrite): Promise<void> {
  const fail = (error: unknown) => {
    throw error
  }
  const leases = new RewriteLeases(database, new Broadcast({}, database, fail), fail, 10_000)
  const taken = await leases.take(rewrite.key, rewrite.blocks.length)
  if (taken.state === 'leased') await taken.lease.store(rewrite)
  await leases.close()
}
