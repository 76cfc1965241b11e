import ipaddr from 'ipaddr.js'
import { ConfigError } from './config-error.ts'

/** Addresses of the proxies that are believed when they say where a request came from, as Fastify takes them. */
export type TrustProxy = false | string[]

/** What Fastify knows by name: the machine itself, its link, and the private networks. */
const names = ['loopback', 'linklocal', 'uniquelocal']

/**
 * Reads LECTERN_TRUST_PROXY. Without it no proxy is believed, since any client can send X-Forwarded-For; for the
 * same reason a mere number of proxies is refused (Fastify trusts none for it). Throws ConfigError for both.
 */
export function readTrustProxy(text: string | undefined): TrustProxy {
  if (text === undefined) return false
  const proxies = text.split(',').map((part) => part.trim())
  if (proxies.every((proxy) => names.includes(proxy) || isAddress(proxy))) return proxies
  throw new ConfigError(
    'LECTERN_TRUST_PROXY',
    `must be the addresses of your proxies, separated by commas: like 10.0.0.0/8, or ${names.join(', ')}.`,
  )
}

/** The parser takes a number as an address, too. */
function isAddress(text: string): boolean {
  return /[.:]/.test(text) && (ipaddr.isValid(text) || ipaddr.isValidCIDR(text))
}
