import type { Database } from '../storage/database.ts'
import type { Metrics } from './metrics.ts'

/** The same database, with each query measured; `underWay` is how many run or wait for a connection. */
export function meterDatabase(
  database: Database,
  metrics: Pick<Metrics, 'query'>,
): { database: Database; underWay: () => number } {
  let underWay = 0
  const metered =
    (kind: 'read' | 'write', run: Database['read']): Database['read'] =>
    async (query) => {
      const started = performance.now()
      let outcome: 'done' | 'failed' = 'failed'
      underWay += 1
      try {
        const answer = await run(query)
        outcome = 'done'
        return answer
      } finally {
        underWay -= 1
        metrics.query(kind, outcome, (performance.now() - started) / 1000)
      }
    }
  return {
    database: { ...database, read: metered('read', database.read), write: metered('write', database.write) },
    underWay: () => underWay,
  }
}
