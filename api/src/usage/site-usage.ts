import type { SiteDay, UsageStore } from './ports.ts'

export type SiteUsage = { site: string | undefined; days: SiteDay[]; total: Omit<SiteDay, 'day'> }

/**
 * What was used of a site (of all without one) from a day to another, both included, dates of UTC as YYYY-MM-DD:
 * calls, tokens, cost in the currency of the settings, and how many sections were made, shared and found stored.
 */
export async function siteUsage(
  store: Pick<UsageStore, 'siteDays'>,
  site: string | undefined,
  from: string,
  to: string,
): Promise<SiteUsage> {
  const days = await store.siteDays(site, from, to)
  const sumOf = (field: keyof SiteUsage['total']) => days.reduce((sum, day) => sum + day[field], 0)
  return {
    site,
    days,
    total: {
      calls: sumOf('calls'),
      prompt_tokens: sumOf('prompt_tokens'),
      completion_tokens: sumOf('completion_tokens'),
      cost: sumOf('cost'),
      made: sumOf('made'),
      shared: sumOf('shared'),
      hits: sumOf('hits'),
    },
  }
}
