import { type Failure, mostUsageDays, type Usage, type UsageQuery, type UsageReport } from '@lectern/shared'
import { failure } from '../failure.ts'
import { dayOf } from './budgets.ts'
import type { UsageStore, Used } from './ports.ts'

export type UsageReader = Pick<UsageStore, 'siteDays' | 'usedUntil'>

const DAY_MS = 86_400_000
const USUAL_DAYS = 30

/**
 * What was used of a site (of all without one) in the days of a query. Fails with `validation_failed` for days that are
 * in no order or too many.
 */
export async function readUsage(
  store: UsageReader,
  site: string | undefined,
  { to = dayOf(new Date()), from = daysBefore(to, USUAL_DAYS - 1) }: UsageQuery,
): Promise<UsageReport | Failure> {
  if (from > to) return failure('validation_failed', 'from must be no later than to.', 'from')
  if (from < daysBefore(to, mostUsageDays - 1))
    return failure('validation_failed', `from must be less than ${mostUsageDays} days before to.`, 'from')
  return await siteUsage(store, site, from, to)
}

/** What was used from a day to another, both included, by day and in all, and what the cache saved. */
export async function siteUsage(
  store: UsageReader,
  site: string | undefined,
  from: string,
  to: string,
): Promise<UsageReport> {
  const [days, until] = await Promise.all([store.siteDays(site, from, to), store.usedUntil(site, to)])
  return {
    ...(site !== undefined && { site }),
    from,
    to,
    days: days.map(({ day, ...used }) => ({ day, ...withSaved(used, until) })),
    total: withSaved(days.reduce<Used>(sum, nothingUsed), until),
  }
}

export const nothingUsed: Used = {
  calls: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  cost: 0,
  made: 0,
  shared: 0,
  hits: 0,
  failed: 0,
}

/**
 * What the cache saved: each section that was shared or found stored would have taken what a section takes on
 * average, which is all tokens (and their cost) until then, those of failed calls included, by the sections made.
 */
export function withSaved(used: Used, until: Used): Usage {
  const made = Math.max(1, until.made - until.failed)
  const spared = (used.shared + used.hits) / made
  return {
    ...used,
    saved_tokens: Math.round(spared * (until.prompt_tokens + until.completion_tokens)),
    saved_cost: spared * until.cost,
  }
}

function sum(one: Used, other: Used): Used {
  return {
    calls: one.calls + other.calls,
    prompt_tokens: one.prompt_tokens + other.prompt_tokens,
    completion_tokens: one.completion_tokens + other.completion_tokens,
    cost: one.cost + other.cost,
    made: one.made + other.made,
    shared: one.shared + other.shared,
    hits: one.hits + other.hits,
    failed: one.failed + other.failed,
  }
}

function daysBefore(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) - days * DAY_MS))
}
