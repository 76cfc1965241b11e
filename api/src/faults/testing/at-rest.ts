import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { FaultyStack } from './faulty-stack.ts'

/** The pool's, the one that listens for hints, and those of the queue of warm-ups. */
const MOST_CONNECTIONS = 10 + 1 + 4

/** Beside one for each connection: those of the queue of warm-ups and its connections, and of who listens for hints. */
const MOST_TIMERS = 12

/** Prose blocks of each section of the lessons of these tests. */
const BLOCKS = 2

/**
 * Waits until all that was under way has ended, and holds that nothing is left of it: no call, query, connection,
 * timer or lease; no more calls than leases; and of each stored rewrite every block.
 */
export async function expectAtRest(stack: FaultyStack): Promise<void> {
  await expect
    .poll(async () => {
      const { underWay, modelCalls, timers, connections } = await stack.atWork()
      return {
        underWay,
        modelCalls,
        timersLeft: Math.max(0, timers - connections - MOST_TIMERS),
        connectionsLeft: Math.max(0, connections - MOST_CONNECTIONS),
        heldLeases: await count(stack, sql`rewrite_leases where lease_until > now()`),
      }
    })
    .toEqual({ underWay: 0, modelCalls: 0, timersLeft: 0, connectionsLeft: 0, heldLeases: 0 })
  const { calls, leases } = await stack.atWork()
  expect(calls).toBeLessThanOrEqual(leases)
  const partial = sql`personalized_content_cache where jsonb_array_length(rewrite -> 'blocks') <> ${BLOCKS}`
  expect(await count(stack, partial)).toBe(0)
}

/** How many rows of a table there are, past the proxy. */
async function count({ test }: FaultyStack, rows: ReturnType<typeof sql>): Promise<number> {
  const [row] = await test.database.orm.execute<{ count: number }>(
    sql`select count(*)::int as count from ${rows}`,
  )
  return row?.count ?? 0
}
