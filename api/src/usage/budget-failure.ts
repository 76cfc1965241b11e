import { EngineError } from '../rewriting/ports.ts'
import type { UsageScope } from './ports.ts'

/** How soon room may come back that calls hold which have not ended. */
const BUSY_S = 30

const spent: Record<UsageScope, string> = {
  learner: 'You have used up your new rewrites for today.',
  learner_unproven:
    'You have used up your new rewrites for today of pages that hardly anyone else has opened.',
  address: 'Your network has used up its new rewrites for today.',
  address_unproven:
    'Your network has used up its new rewrites for today of pages that hardly anyone else has opened.',
  site: 'This textbook has used up its new rewrites for today.',
  whole: 'This server has used up its new rewrites for today.',
}
const remedy: Record<UsageScope, string> = {
  learner: '',
  learner_unproven: ' Ask your course staff to warm this lesson up.',
  address_unproven: ' Ask your course staff to warm this lesson up.',
  address: ' Try from another network, or ask whoever runs the API for more.',
  site: ' Ask your course staff for more.',
  whole: ' Ask whoever runs the API for more.',
}
const busy: Record<UsageScope, string> = {
  learner: 'The rewrites that are being made for you',
  learner_unproven: 'The rewrites that are being made for you',
  address: 'The rewrites that are being made for your network',
  address_unproven: 'The rewrites that are being made for your network',
  site: 'The rewrites that are being made of this textbook',
  whole: 'The rewrites that this server is making',
}

/**
 * Why a call is not made, in a sentence that says whose budget it is: what is spent comes back at midnight UTC,
 * what is only reserved may come back much earlier.
 */
export function budgetFailure(scope: UsageScope, isSpent: boolean, now: Date): EngineError {
  if (!isSpent)
    return new EngineError(
      'budget_spent',
      `${busy[scope]} may take all that is left for today. Try again in half a minute.`,
      { retryAfter: BUSY_S },
    )
  const retryAfter = secondsToMidnight(now)
  const wait = `Stored lessons still open; new ones can be made ${inWords(retryAfter)}.`
  return new EngineError('budget_spent', `${spent[scope]} ${wait}${remedy[scope]}`, { retryAfter })
}

function secondsToMidnight(now: Date): number {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)
  return Math.ceil((midnight - now.getTime()) / 1000)
}

function inWords(seconds: number): string {
  const hours = Math.round(seconds / 3600)
  if (hours < 1) return 'within the hour'
  return hours === 1 ? 'in an hour' : `in ${hours} hours`
}
