import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { DatabaseAddress, DatabaseConfig } from './database-address.ts'
import { isLostConnection, QueryTimeoutError } from './database-failure.ts'

/** A pool of connections. Every query goes through `read` or `write`, which bound how long it may take. */
export type Database = {
  orm: PostgresJsDatabase
  /** Runs a query that changes nothing; once more when its connection was lost, as on a restart of the server. */
  read: <T>(query: () => PromiseLike<T>) => Promise<T>
  /** Runs one statement that changes something; never twice. */
  write: <T>(query: () => PromiseLike<T>) => Promise<T>
  close: () => Promise<void>
}

export type DatabaseLimits = {
  connections: number
  /** Of the server's work on one statement, unless a pooler is in front. */
  statementMs: number
  /** Of a whole query, the wait for a connection included; postgres.js bounds neither by itself. */
  queryMs: number
}

const usualLimits: DatabaseLimits = { connections: 10, statementMs: 5_000, queryMs: 8_000 }
const CONNECT_TIMEOUT_S = 5
const CLOSE_TIMEOUT_S = 2

/** Opens a pool; nothing is connected before the first query. */
export function connect(config: DatabaseConfig, limits: DatabaseLimits = usualLimits): Database {
  const { address, pooled } = config
  const client = openClient(address, {
    max: limits.connections,
    // A pooler in transaction mode hands each statement to another session: a prepared one is not there.
    prepare: !pooled,
    // PgBouncer refuses this as a parameter of the connection.
    connection: pooled ? {} : { statement_timeout: limits.statementMs },
  })
  const once = <T>(query: () => PromiseLike<T>): Promise<T> => inTime(query(), limits.queryMs)
  return {
    orm: drizzle(client),
    read: async (query) => {
      try {
        return await once(query)
      } catch (error) {
        if (!isLostConnection(error)) throw error
        return once(query)
      }
    },
    write: once,
    close: () => client.end({ timeout: CLOSE_TIMEOUT_S }),
  }
}

/** Rejects where the database does not answer. */
export async function ping({ read, orm }: Database): Promise<void> {
  await read(() => orm.execute(sql`select 1`))
}

type ClientOptions = Pick<
  postgres.Options<Record<string, never>>,
  'max' | 'prepare' | 'connection' | 'max_lifetime' | 'onclose'
> & {
  /** Told of each notification. Read by postgres.js 3.4.9, whose types lack it; its own `listen` is built on it. */
  onnotify?: (channel: string, payload: string) => void
}

/** A postgres.js client in the way all of ours are: silent, TLS as the address says. */
export function openClient({ url, ssl }: DatabaseAddress, options: ClientOptions): postgres.Sql {
  return postgres(url, {
    ...options,
    ssl,
    connect_timeout: CONNECT_TIMEOUT_S,
    // drizzle reads and writes arrays by itself.
    fetch_types: false,
    onnotice: () => undefined,
  })
}

async function inTime<T>(query: PromiseLike<T>, ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new QueryTimeoutError('The query had no answer in time.')), ms)
  try {
    return await Promise.race([query, late])
  } finally {
    clearTimeout(timer)
  }
}
