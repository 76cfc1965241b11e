/** The codes of failures after which the same question may be answered a moment later. */
const lostConnection = new Set([
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting up
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
])

const unreachable = new Set([
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'QUERY_TIMEOUT',
  '25006', // it may only be read, as a standby
  '40P01', // a deadlock
  '55P03', // a lock was not to be had
  '57014', // stopped by statement_timeout
  '58030', // its disk fails
])

/** Classes of codes: the connection failed; memory, disk or connections are used up. */
const unreachableClasses = ['08', '53']

/** A row refers to one that is not there, as to a learner who is gone. */
export const FOREIGN_KEY_VIOLATION = '23503'

/** A query that had no answer in time: waiting for a connection counts. */
export class QueryTimeoutError extends Error {
  override readonly name = 'QueryTimeoutError'
  readonly code = 'QUERY_TIMEOUT'
}

/** The code of what the driver or the system says was wrong, below what drizzle wraps around it. */
export function databaseCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code
  return undefined
}

/** Whether a connection was lost under the query, as after a restart: ask once more on a fresh one. */
export function isLostConnection(error: unknown): boolean {
  return lostConnection.has(databaseCode(error) ?? '')
}

/** Whether the database, rather than the query, is what failed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = databaseCode(error) ?? ''
  const isOf = (kind: string) => code.length === 5 && code.startsWith(kind)
  return isLostConnection(error) || unreachable.has(code) || unreachableClasses.some(isOf)
}
