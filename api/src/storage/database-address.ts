import { ConfigError } from '../config-error.ts'

/** A PostgreSQL and how its connections are secured, in the terms of postgres.js. */
export type DatabaseAddress = {
  /** Without the parameters that `ssl` stands for. */
  url: string
  ssl: false | 'prefer' | 'require' | 'verify-full' | { checkServerIdentity: () => undefined }
}

/** `direct` leads past a pooler: migrations need a session of their own. Absent where there is no such way. */
export type DatabaseConfig = { address: DatabaseAddress; direct?: DatabaseAddress; pooled: boolean }

/** The modes of libpq; as there, `prefer` is what an URL without one means, and `require` verifies no certificate. */
const sslModes: Record<string, DatabaseAddress['ssl']> = {
  disable: false,
  // postgres.js has no "plain first" and falls back to plain for `prefer` alone.
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  // A pinned authority vouches for the certificate; the host's name is not compared.
  'verify-ca': { checkServerIdentity: () => undefined },
  'verify-full': 'verify-full',
}

/**
 * Reads DATABASE_URL, DATABASE_DIRECT_URL and DATABASE_POOLER. Nothing where no database is named.
 * Throws ConfigError.
 */
export function readDatabaseConfig(env: {
  DATABASE_URL?: string | undefined
  DATABASE_DIRECT_URL?: string | undefined
  DATABASE_POOLER?: string | undefined
}): DatabaseConfig | undefined {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_POOLER } = env
  if (DATABASE_POOLER && DATABASE_POOLER !== 'transaction')
    throw new ConfigError('DATABASE_POOLER', 'must be "transaction", or unset where no pooler is in front.')
  if (!DATABASE_URL) {
    if (!DATABASE_DIRECT_URL && !DATABASE_POOLER) return undefined
    throw new ConfigError('DATABASE_URL', 'is missing: set it, or unset the other DATABASE_ variables.')
  }
  const address = parseDatabaseUrl('DATABASE_URL', DATABASE_URL)
  const pooled = DATABASE_POOLER === 'transaction' || isNeonPooler(address.url)
  const direct = DATABASE_DIRECT_URL
    ? parseDatabaseUrl('DATABASE_DIRECT_URL', DATABASE_DIRECT_URL)
    : withoutPooler(address, pooled)
  return { address, pooled, ...(direct && { direct }) }
}

function parseDatabaseUrl(variable: string, text: string): DatabaseAddress {
  if (!URL.canParse(text)) throw new ConfigError(variable, shape)
  const url = new URL(text)
  if (!/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') throw new ConfigError(variable, shape)
  const ssl = sslOf(variable, url.searchParams)
  // postgres.js hands any parameter that it does not know to the server, which refuses these.
  for (const name of ['sslmode', 'sslrootcert', 'channel_binding']) url.searchParams.delete(name)
  return { url: url.href, ssl }
}

// Never quotes the value: it holds a password.
const shape = 'must look like postgres://user:password@host:5432/database, with special characters %-encoded.'

function sslOf(variable: string, parameters: URLSearchParams): DatabaseAddress['ssl'] {
  const mode = parameters.get('sslmode')
  const root = parameters.get('sslrootcert')
  if (root !== null && root !== 'system')
    throw new ConfigError(
      variable,
      'names a file as sslrootcert: set NODE_EXTRA_CA_CERTS to that file, and sslmode=verify-full without sslrootcert.',
    )
  if (mode === null) return root === 'system' ? 'verify-full' : 'prefer'
  const ssl = Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined
  if (ssl !== undefined) return ssl
  throw new ConfigError(variable, `has an unknown sslmode: use one of ${Object.keys(sslModes).join(', ')}.`)
}

/** Neon's pooled hosts are PgBouncer in transaction mode: ep-name-123-pooler.region.aws.neon.tech. */
function isNeonPooler(url: string): boolean {
  return /^[^.]+-pooler\..*\bneon\.tech$/.test(new URL(url).hostname)
}

function withoutPooler(address: DatabaseAddress, pooled: boolean): DatabaseAddress | undefined {
  if (!pooled) return address
  if (!isNeonPooler(address.url)) return undefined
  const url = new URL(address.url)
  url.hostname = url.hostname.replace('-pooler.', '.')
  return { ...address, url: url.href }
}
