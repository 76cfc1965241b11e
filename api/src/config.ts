import { ConfigError } from './config-error.ts'
import type { RetentionDays } from './retention/retention.ts'
import type { RateLimits } from './routes/limit-rates.ts'
import { type DatabaseConfig, readDatabaseConfig } from './storage/database-address.ts'
import { readTrustProxy, type TrustProxy } from './trust-proxy.ts'
import { type BudgetConfig, readBudgets } from './usage/budget-config.ts'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type Config = {
  host: string
  /** 0 takes a free one. */
  port: number
  /** Absent: the embedded PostgreSQL. */
  database?: DatabaseConfig
  /** How long a start waits for a database that does not answer yet, in milliseconds. */
  databaseWaitMs: number
  /** Absent fields: see the choice of an engine. A key or a base URL never comes without a model's name. */
  model: { apiKey?: string; baseUrl?: string; name?: string }
  /** Whether lessons of sites that are not on the whitelist are personalized. */
  allowUnlisted: boolean
  /** Whether staff may list sites by http and of a private network. */
  allowPrivateSites: boolean
  /** Of memory for answers that lie ready; 0 keeps none. */
  answerCacheBytes: number
  /** Calls to the model at once in this process: for one lesson, and in all. */
  calls: { perLesson: number; overall: number }
  budgets: BudgetConfig
  /** How long a section's maker that has fallen silent keeps others from making it, in milliseconds. */
  leaseMs: number
  /** Requests that this process takes. */
  rates: RateLimits
  /** Of memory that this process may take before it turns requests away; 0 is no limit. */
  memoryBytes: number
  /** How long what is under way may go on after a stop was asked for, in milliseconds. */
  stopMs: number
  /** What is not used for so many days is removed; 0 keeps it. */
  retention: RetentionDays
  /** Where /metrics is served; absent: nowhere. */
  metrics?: { host: string; port: number }
  trustProxy: TrustProxy
  logLevel: LogLevel
  /** Origins of web pages that may call the API; the extension needs none. */
  corsOrigins: string[]
  /** The demo textbook: the port that `start` serves it on, and the address to list as a site. */
  demo: { port: number; url?: string }
}

/** Every setting; .env.example explains each. LECTERN_API_URL is read where the extension is built. */
export const variables = [
  'PORT',
  'HOST',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_POOLER',
  'LECTERN_DATABASE_WAIT_SECONDS',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'LLM_MODEL',
  'LECTERN_ALLOW_UNLISTED',
  'LECTERN_ALLOW_PRIVATE_SITES',
  'LECTERN_ANSWER_CACHE_MB',
  'LECTERN_CALLS_PER_LESSON',
  'LECTERN_CALLS_AT_ONCE',
  'LECTERN_LEASE_SECONDS',
  'LECTERN_TOKENS_PER_LEARNER',
  'LECTERN_TOKENS_PER_ADDRESS',
  'LECTERN_TOKENS_PER_SITE',
  'LECTERN_TOKENS_PER_DAY',
  'LECTERN_PRICE_PROMPT',
  'LECTERN_PRICE_COMPLETION',
  'LECTERN_REQUESTS_PER_LEARNER',
  'LECTERN_REQUESTS_PER_ADDRESS',
  'LECTERN_NEW_LEARNERS_PER_ADDRESS',
  'LECTERN_MEMORY_MB',
  'LECTERN_STOP_SECONDS',
  'LECTERN_KEEP_REWRITES_DAYS',
  'LECTERN_KEEP_LEARNERS_DAYS',
  'LECTERN_METRICS_PORT',
  'LECTERN_METRICS_HOST',
  'LECTERN_TRUST_PROXY',
  'LECTERN_API_URL',
  'LECTERN_DEMO_PORT',
  'LECTERN_DEMO_URL',
  'LOG_LEVEL',
  'CORS_ORIGINS',
] as const
export type Variable = (typeof variables)[number]

type Environment = Readonly<Record<string, string | undefined>>
type Settings = Readonly<Partial<Record<Variable, string>>>

/** Reads the settings from environment variables, an empty one being unset. Throws ConfigError for a wrong one. */
export function readConfig(env: Environment): Config {
  refuseMisspelled(env)
  const settings = pick(env)
  const database = readDatabaseConfig(settings)
  return {
    host: settings.HOST ?? '127.0.0.1',
    port: readPort('PORT', settings.PORT, 8787),
    ...(database && { database }),
    databaseWaitMs: readWhole('LECTERN_DATABASE_WAIT_SECONDS', settings, 30) * 1000,
    model: readModel(settings),
    allowUnlisted: readSwitch('LECTERN_ALLOW_UNLISTED', settings),
    allowPrivateSites: readSwitch('LECTERN_ALLOW_PRIVATE_SITES', settings),
    answerCacheBytes: readMegabytes('LECTERN_ANSWER_CACHE_MB', settings.LECTERN_ANSWER_CACHE_MB, 64),
    calls: {
      perLesson: readCalls('LECTERN_CALLS_PER_LESSON', settings, 40),
      overall: readCalls('LECTERN_CALLS_AT_ONCE', settings, 200),
    },
    budgets: readBudgets(settings),
    leaseMs: readLease(settings),
    rates: {
      learner: readWhole('LECTERN_REQUESTS_PER_LEARNER', settings, 300),
      address: readWhole('LECTERN_REQUESTS_PER_ADDRESS', settings, 12_000),
      creation: readWhole('LECTERN_NEW_LEARNERS_PER_ADDRESS', settings, 1_000),
    },
    memoryBytes: readMegabytes('LECTERN_MEMORY_MB', settings.LECTERN_MEMORY_MB, 2_048),
    stopMs: readWhole('LECTERN_STOP_SECONDS', settings, 10) * 1000,
    retention: {
      rewrites: readWhole('LECTERN_KEEP_REWRITES_DAYS', settings, 180),
      learners: readWhole('LECTERN_KEEP_LEARNERS_DAYS', settings, 730),
    },
    ...readMetrics(settings),
    trustProxy: readTrustProxy(settings.LECTERN_TRUST_PROXY),
    logLevel: readLogLevel(settings),
    corsOrigins: readOrigins(settings),
    demo: readDemo(settings),
  }
}

/** Set by our own scripts for a build with localhost as a granted host; no setting. */
const internal = 'LECTERN_LOCALHOST'

/** A misspelled name would be ignored without a word; the prefix is ours, so it can be told. */
function refuseMisspelled(env: Environment): void {
  const known: readonly string[] = [...variables, internal]
  for (const name of Object.keys(env))
    if (name.startsWith('LECTERN_') && !known.includes(name))
      throw new ConfigError(
        name,
        `is no setting of Lectern: correct its name (see .env.example) or unset it.`,
      )
}

function pick(env: Environment): Settings {
  const set = variables.flatMap((name) => {
    const value = env[name]?.trim()
    return value ? [[name, value] as const] : []
  })
  return Object.fromEntries(set)
}

function readPort(variable: Variable, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new ConfigError(variable, 'must be a port number from 0 (any free one) to 65535.')
}

function readModel(settings: Settings): Config['model'] {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, LLM_MODEL: name } = settings
  if (apiKey !== undefined && /\s/.test(apiKey))
    throw new ConfigError('OPENAI_API_KEY', 'must not contain spaces: copy the key again.')
  if (baseUrl !== undefined && !isHttpUrl(baseUrl))
    throw new ConfigError('OPENAI_BASE_URL', 'must be an http or https address, like https://host/v1.')
  if (name === undefined && (apiKey ?? baseUrl) !== undefined)
    throw new ConfigError(
      'LLM_MODEL',
      `is missing: name the model to use with ${apiKey === undefined ? 'OPENAI_BASE_URL' : 'OPENAI_API_KEY'}.`,
    )
  return { ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }), ...(name && { name }) }
}

/** In bytes; a megabyte is 2^20 of them. */
function readMegabytes(variable: Variable, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback * 2 ** 20
  if (/^\d{1,5}$/.test(text)) return Number(text) * 2 ** 20
  throw new ConfigError(variable, 'must be a whole number of megabytes from 0 to 99999.')
}

function readSwitch(variable: Variable, settings: Settings): boolean {
  const text = settings[variable] ?? '0'
  if (text === '0' || text === '1') return text === '1'
  throw new ConfigError(variable, 'must be 0 or 1.')
}

/**
 * Ten seconds by default: a process that stalls for a few, or a database that restarts, loses nothing, and after a
 * crash a class waits no longer than that.
 */
function readLease({ LECTERN_LEASE_SECONDS: text = '10' }: Settings): number {
  if (/^\d{1,3}$/.test(text) && Number(text) > 0) return Number(text) * 1000
  throw new ConfigError('LECTERN_LEASE_SECONDS', 'must be a whole number of seconds from 1 to 999.')
}

function readWhole(variable: Variable, settings: Settings, fallback: number): number {
  const text = settings[variable]
  if (text === undefined) return fallback
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new ConfigError(variable, 'must be a whole number from 0 to 999999.')
}

function readMetrics(settings: Settings): Pick<Config, 'metrics'> {
  const { LECTERN_METRICS_PORT: port, LECTERN_METRICS_HOST: host = '127.0.0.1' } = settings
  return port === undefined ? {} : { metrics: { host, port: readPort('LECTERN_METRICS_PORT', port, 0) } }
}

function readCalls(variable: Variable, settings: Settings, fallback: number): number {
  const text = settings[variable]
  if (text === undefined) return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) > 0) return Number(text)
  throw new ConfigError(variable, 'must be a number of calls from 1.')
}

function readLogLevel(settings: Settings): LogLevel {
  const text = settings.LOG_LEVEL ?? 'info'
  const level = logLevels.find((known) => known === text)
  if (level) return level
  throw new ConfigError('LOG_LEVEL', `must be one of ${logLevels.join(', ')}.`)
}

function readOrigins(settings: Settings): string[] {
  const origins = (settings.CORS_ORIGINS ?? '').split(',').map((part) => part.trim())
  const wrong = origins.find((origin) => origin !== '' && !isOrigin(origin))
  if (wrong === undefined) return origins.filter((origin) => origin !== '')
  throw new ConfigError(
    'CORS_ORIGINS',
    `must be origins separated by commas, like https://example.org; this is none: ${wrong}`,
  )
}

function readDemo(settings: Settings): Config['demo'] {
  const port = readPort('LECTERN_DEMO_PORT', settings.LECTERN_DEMO_PORT, 8788)
  const url = settings.LECTERN_DEMO_URL
  if (url === undefined) return { port }
  if (!isHttpUrl(url) || new URL(url).search || new URL(url).hash)
    throw new ConfigError('LECTERN_DEMO_URL', 'must be an http or https address without ? or #.')
  return { port, url: new URL(url).href.replace(/\/+$/, '') }
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** An extension's origin has a scheme of its own, for which URL says the origin "null". */
function isOrigin(text: string): boolean {
  return isHttpUrl(text) ? new URL(text).origin === text : /^[a-z-]+-extension:\/\/[\w-]+$/.test(text)
}
