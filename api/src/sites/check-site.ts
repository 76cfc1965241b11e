import type { Failure, Site } from '@lectern/shared'
import { parse } from 'css-what'
import ipaddr from 'ipaddr.js'
import { failure } from '../failure.ts'

export type SiteRules = {
  /** Whether http and hosts of a private network are taken, as for development. */
  allowPrivate: boolean
}

/**
 * What is wrong with a site beyond its schema: patterns need a host of the public internet without a wildcard, by
 * https; selectors must be CSS; no other site may have the same pattern; lessons must be on the site's own hosts.
 */
export function checkSite(site: Site, others: readonly Site[], rules: SiteRules): Failure | undefined {
  for (const [i, pattern] of site.patterns.entries()) {
    const problem = patternProblem(pattern, rules) ?? takenBy(pattern, site, others)
    if (problem !== undefined) return wrong(`patterns.${i}`, problem)
  }
  const origins = new Set(site.patterns.map((pattern) => new URL(pattern).origin))
  for (const [i, pattern] of (site.lesson_urls ?? []).entries()) {
    const problem = patternProblem(pattern, rules) ?? notOn(origins, pattern)
    if (problem !== undefined) return wrong(`lesson_urls.${i}`, problem)
  }
  const selectors = [
    ['lesson', site.lesson] as const,
    ...(site.ignore ?? []).map((one, i) => [`ignore.${i}`, one] as const),
    ...(site.keep ?? []).map((one, i) => [`keep.${i}`, one] as const),
  ]
  const broken = selectors.find(([, selector]) => selector !== undefined && !isSelector(selector))
  return broken && wrong(broken[0], `must be a CSS selector; this is none: ${broken[1]}`)
}

function wrong(field: string, problem: string): Failure {
  return failure('validation_failed', `${field} ${problem}`, field)
}

function patternProblem(pattern: string, { allowPrivate }: SiteRules): string | undefined {
  const [, scheme, host = ''] = /^(https?):\/\/([^/]*)\//.exec(pattern) ?? []
  if (scheme === undefined || !URL.canParse(pattern))
    return `must be an address with a path, like https://example.org/book/*; this is none: ${pattern}`
  if (host.includes('*')) return `must name its host in full, * may stand in the path alone: ${pattern}`
  const { hostname, username } = new URL(pattern)
  if (username !== '') return `must have no name or password in it: ${pattern}`
  if (isPrivate(hostname))
    return allowPrivate
      ? undefined
      : `must be on the public internet; for development set LECTERN_ALLOW_PRIVATE_SITES=1: ${pattern}`
  return scheme === 'https' ? undefined : `must begin with https://: ${pattern}`
}

/** Names and addresses that mean another host in each network, or none: RFC 6761, RFC 6762, RFC 8375. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() !== 'unicast'
  return (
    !host.includes('.') ||
    /\.(?:localhost|local|internal|test|invalid|example|onion|lan|home\.arpa)$/.test(host)
  )
}

function notOn(origins: ReadonlySet<string>, pattern: string): string | undefined {
  return origins.has(new URL(pattern).origin) ? undefined : `must be on a host that patterns name: ${pattern}`
}

function takenBy(pattern: string, site: Site, others: readonly Site[]): string | undefined {
  const other = others.find(({ id, patterns }) => id !== site.id && patterns.includes(pattern))
  return other && `is listed by the site "${other.name}" already: ${pattern}`
}

function isSelector(selector: string): boolean {
  try {
    return parse(selector).length > 0
  } catch {
    return false
  }
}
