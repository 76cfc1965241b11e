import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { databaseCode } from './storage/database-failure.ts'
import { EmbeddedPostgresError } from './storage/embedded-postgres/embedded-postgres-error.ts'

/** What a start consists of, in order. */
export type StartStep = 'database' | 'migrations' | 'api'

/** A start that failed for a reason that a person can remedy; the message is a sentence that says how. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Says in a sentence why a step of the start failed and what to do. */
export function startFailure(error: unknown, step: StartStep, config: Config): Error {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error
  const code = databaseCode(error) ?? ''
  const reason = innermost(error)
  const sentence = step === 'api' ? listening(code, config) : connecting(code, reason, step, config)
  return new StartError(sentence ?? `The start failed at the step "${step}": ${reason}`, { cause: error })
}

/** What the driver or the system says, below what drizzle wraps around it. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : innermost(error.cause)
}

function listening(code: string, { port, host }: Config): string | undefined {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program: stop that one, or set PORT to a free port (0 for any).`,
    EACCES: `This account may not open port ${port}: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine: set it to 127.0.0.1, or to 0.0.0.0 for all.`,
    ENOTFOUND: `HOST ${host} is not known: set it to 127.0.0.1, or to 0.0.0.0 for all.`,
  }
  return sentences[code]
}

function connecting(code: string, reason: string, step: StartStep, config: Config): string | undefined {
  if (!config.database) return undefined
  const { address, direct = address } = config.database
  const isDirect = step === 'migrations' && direct.url !== address.url
  const variable = isDirect ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL'
  const { host, pathname, username } = new URL(isDirect ? direct.url : address.url)
  const [user, database] = [decodeURIComponent(username), pathname.slice(1)]
  const unreachable = `Nothing answers at ${host}: start that PostgreSQL, or correct ${variable}.`
  const refused = `PostgreSQL at ${host} refuses the user ${user} or the password: correct ${variable}.`
  const sentences: Record<string, string> = {
    ECONNREFUSED: unreachable,
    EHOSTUNREACH: unreachable,
    ENETUNREACH: unreachable,
    ETIMEDOUT: unreachable,
    CONNECT_TIMEOUT: unreachable,
    ENOTFOUND: `The host ${host} is not known: correct ${variable}.`,
    EAI_AGAIN: `The host ${host} could not be looked up: check the network, or correct ${variable}.`,
    '28P01': refused,
    '28000': refused,
    '3D000': `PostgreSQL at ${host} has no database ${database}: create it, or correct ${variable}.`,
    '42501': `The user ${user} may not create tables in ${database}: grant that, or use another user in ${variable}.`,
  }
  if (reason.includes('unsupported startup parameter'))
    return `A pooler answers at ${host}: set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the way past it.`
  const certificate = /CERT|ALTNAME|SIGNATURE/.test(code)
    ? `The certificate of ${host} cannot be verified (${code}): set NODE_EXTRA_CA_CERTS to its authority’s file, or sslmode=require in ${variable}.`
    : undefined
  return (
    sentences[code] ?? certificate ?? `The database at ${host} cannot be used (${reason}): check ${variable}.`
  )
}
