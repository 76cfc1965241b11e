import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { DatabaseAddress, DatabaseConfig } from './database-address.ts'
import { isLostConnection, QueryTimeoutError } from './database-failure.ts'
import { PoolSockets, type SocketOptions } from './pool-sockets.ts'

/** A pool of connections. Every query goes through `read` or `write`, which bound how long it may take. */
export type Database = {
  orm: PostgresJsDatabase
  /** Runs a query that changes nothing; again when its connection was lost, as on a restart of the server. */
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

/** A database that went to sleep wakes within 8 s, as a query finds it. */
const usualLimits: DatabaseLimits = { connections: 10, statementMs: 5_000, queryMs: 10_000 }
const CONNECT_TIMEOUT_S = 10
const CLOSE_TIMEOUT_S = 2
/** Before a connection that failed is opened again: postgres.js by itself waits up to 20 s, also once it would succeed. */
const FIRST_PAUSE_S = 0.05
const LONGEST_PAUSE_S = 1
/** Where all connections were lost, the next one that is tried may be another of them. */
const READ_TRIES = 4
const READ_PAUSE_MS = 25
/** A connection counts as silent a little earlier than the query that waits on it gives up. */
const SILENCE_SHARE = 0.8

/** Opens a pool; nothing is connected before the first query. */
export function connect(config: DatabaseConfig, limits: DatabaseLimits = usualLimits): Database {
  const { address, pooled } = config
  const sockets = new PoolSockets()
  const client = openClient(address, {
    sockets,
    max: limits.connections,
    // A pooler in transaction mode hands each statement to another session: a prepared one is not there.
    prepare: !pooled,
    // Nor is it told what was sent behind another statement.
    ...(pooled && { max_pipeline: 0 }),
    // PgBouncer refuses this as a parameter of the connection.
    connection: pooled ? {} : { statement_timeout: limits.statementMs },
  })
  const once = <T>(query: () => PromiseLike<T>): Promise<T> =>
    inTime(query(), limits.queryMs, () => sockets.closeSilent(limits.queryMs * SILENCE_SHARE))
  return {
    orm: drizzle(client),
    read: async (query) => {
      for (let tries = 1; ; tries++) {
        try {
          return await once(query)
        } catch (error) {
          if (!isLostConnection(error) || tries === READ_TRIES) throw error
        }
        await delay(READ_PAUSE_MS * 2 ** (tries - 1))
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
  /**
   * How many statements may be sent behind one that is not answered yet; its types lack it. PgBouncer 1.18 hands the
   * session on with the answer to a statement, and then the answer to one behind it reaches nobody: of 461 statements to
   * a busy pool 2 had none until their time was up; of 16,935 sent one by one none.
   */
  max_pipeline?: number
  /** For who has to do with its sockets. */
  sockets?: PoolSockets
  /** Told of each notification. Read by postgres.js 3.4.9, whose types lack it; its own `listen` is built on it. */
  onnotify?: (channel: string, payload: string) => void
}

/** How postgres.js 3.4.9 gets a socket, which its types lack. */
type SocketSource = { socket(options: SocketOptions): Socket }

/**
 * A postgres.js client in the way all of ours are: silent, TLS as the address says, and ended in the time that is
 * given, whether or not the other end takes note.
 */
export function openClient(
  { url, ssl }: DatabaseAddress,
  { sockets = new PoolSockets(), ...options }: ClientOptions,
): postgres.Sql {
  const ours: SocketSource = { socket: (wanted) => sockets.open(wanted) }
  const client = postgres(url, {
    ...options,
    ...ours,
    ssl,
    connect_timeout: CONNECT_TIMEOUT_S,
    backoff: (failures) => Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** failures),
    // drizzle reads and writes arrays by itself.
    fetch_types: false,
    onnotice: () => undefined,
  })
  const end = client.end
  client.end = async (wanted) => {
    await end(wanted)
    sockets.close()
  }
  return client
}

async function inTime<T>(query: PromiseLike<T>, ms: number, onLate: () => void): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    onLate()
    reject(new QueryTimeoutError('The query had no answer in time.'))
  }, ms)
  try {
    return await Promise.race([query, late])
  } finally {
    clearTimeout(timer)
  }
}
