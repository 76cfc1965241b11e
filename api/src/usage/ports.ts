import type { SectionTally } from '../rewriting/ports.ts'

/** What a setting gives a budget by day. */
export type BudgetScope = 'address' | 'learner' | 'site' | 'whole'

/**
 * What has a budget by day; `unproven` is the part of a learner's or a network's that text may take which may not be
 * its site's. In the order in which their rows are locked, everywhere.
 */
export const usageScopes = [
  'address',
  'address_unproven',
  'learner',
  'learner_unproven',
  'site',
  'whole',
] as const
export type UsageScope = (typeof usageScopes)[number]

/** Whose tokens are counted; `most` of them by day, where that is limited. */
export type Account = { scope: UsageScope; subject: string; most: number | undefined }

/** Tokens that a call may take, from accounts in the order of `usageScopes`. `day` is a date of UTC. */
export type Reservation = { id: string; day: string; accounts: readonly Account[]; tokens: number }

/** Whether all accounts had room; else the first that had none, and what was spent of it without what is reserved. */
export type Reserved = { ok: true } | { ok: false; scope: UsageScope; spent: number }

/** How a call has ended. */
export type Settlement = { id: string; prompt_tokens: number; completion_tokens: number; cost: number }

/** How sections came about on one day, counted for the whole and for the site that they are of, where it is listed. */
export type SectionCounts = SectionTally & { day: string; site: string | undefined }

/** What calls took, and how sections came about. */
export type Used = SectionTally & {
  calls: number
  prompt_tokens: number
  completion_tokens: number
  /** In the currency of the settings' prices. */
  cost: number
}

/** What was used of a site, or of the whole, on one day. */
export type UsedDay = Used & { day: string }

/** Where usage is kept. Every method is one statement where it does not say more. */
export type UsageStore = {
  /**
   * Reserves, each from all its accounts or from none, in one statement (two more for an account's first call of a
   * day); answers in the same order.
   */
  reserve(reservations: readonly Reservation[], lifeSeconds: number): Promise<Reserved[]>
  /** Gives reservations back and counts what was spent; each counts once, however often it is settled. */
  settle(settlements: readonly Settlement[]): Promise<void>
  /** Gives back what calls of processes that are gone have reserved. */
  releaseExpired(): Promise<void>
  count(counts: readonly SectionCounts[]): Promise<void>
  /** The day's salt, the same in all processes. */
  saltOf(day: string): Promise<string>
  /** Deletes what is kept of learners and addresses, and the salts, of days before this one. */
  forgetBefore(day: string): Promise<void>
  /** The days from `from` to `to`, both included, on which something was used; of the whole without a site. */
  siteDays(site: string | undefined, from: string, to: string): Promise<UsedDay[]>
  /** What was used until this day, itself included; of the whole without a site. */
  usedUntil(site: string | undefined, to: string): Promise<Used>
  /** What was used of each site on a day, and until then, itself included. */
  sitesOn(day: string): Promise<ReadonlyMap<string, { today: Used; until: Used }>>
}
