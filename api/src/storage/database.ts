import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { DatabaseAddress, DatabaseConfig } from './database-address.ts'
import { isLostConnection, QueryTimeoutError } from './database-failure.ts'

/** A pool of connections. Every query goes through `read` or `write`, which bound how long it may take. */
export type Database = {
  orm: PostgresJsDatabase
  /** Runs a query that changes nothing; once more when its connection was lost, as on a restart of the server. */
  read<T>(query: () => PromiseLike<T>): Promise<T>
  /** Runs one statement that changes something; never twice. */
  write<T>(query: () => PromiseLike<T>): Promise<T>
  close(): Promise<void>
}

const POOL_SIZE = 10
const STATEMENT_TIMEOUT_MS = 5_000
const CONNECT_TIMEOUT_S = 5
/** Includes the wait for a connection; postgres.js bounds neither by itself. */
const QUERY_TIMEOUT_MS = 8_000
const CLOSE_TIMEOUT_S = 5

/** Opens a pool; nothing is connected before the first query. */
export function connect(config: DatabaseConfig): Database {
  const { address, pooled } = config
  const client = openClient(address, {
    max: POOL_SIZE,
    // A pooler in transaction mode hands each statement to another session: a prepared one is not there.
    prepare: !pooled,
    // PgBouncer refuses this as a parameter of the connection.
    connection: pooled ? {} : { statement_timeout: STATEMENT_TIMEOUT_MS },
  })
  return {
    orm: drizzle(client),
    read: async (query) => {
      try {
        return await inTime(query())
      } catch (error) {
        if (!isLostConnection(error)) throw error
        return inTime(query())
      }
    },
    write: (query) => inTime(query()),
    close: () => client.end({ timeout: CLOSE_TIMEOUT_S }),
  }
}

/** A postgres.js client in the way all of ours are: silent, TLS as the address says. */
export function openClient(
  { url, ssl }: DatabaseAddress,
  options: Pick<postgres.Options<Record<string, never>>, 'max' | 'prepare' | 'connection' | 'max_lifetime'>,
): postgres.Sql {
  return postgres(url, {
    ...options,
    ssl,
    connect_timeout: CONNECT_TIMEOUT_S,
    // drizzle reads and writes arrays by itself.
    fetch_types: false,
    onnotice: () => undefined,
  })
}

async function inTime<T>(query: PromiseLike<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new QueryTimeoutError('The query had no answer in time.')),
    QUERY_TIMEOUT_MS,
  )
  try {
    return await Promise.race([query, late])
  } finally {
    clearTimeout(timer)
  }
}
