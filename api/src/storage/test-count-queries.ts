import type { Database } from './database.ts'

export type QueryCounts = { reads: number; writes: number }

/** The same database, counting its queries; each is one statement. */
export function countQueries(database: Database): { database: Database; counts: QueryCounts } {
  const counts: QueryCounts = { reads: 0, writes: 0 }
  const counted: Database = {
    ...database,
    read: (query) => {
      counts.reads += 1
      return database.read(query)
    },
    write: (query) => {
      counts.writes += 1
      return database.write(query)
    },
  }
  return { database: counted, counts }
}
