import type { Site } from '@lectern/shared'
import { LRUCache } from 'lru-cache'

/** More sites than are warmed up at once. */
const MOST_SITES = 1_000

/**
 * Which sites' budgets were spent: each lesson of a warm-up would ask in vain, and count as failed. With another
 * budget a site is asked for again.
 */
export class SpentBudgets {
  readonly #spent = new LRUCache<string, true>({ max: MOST_SITES })

  note(site: Site, seconds: number): void {
    this.#spent.set(nameOf(site), true, { ttl: seconds * 1000 })
  }

  /** 0 where it is not known to be spent. */
  secondsLeft(site: Site): number {
    return this.#spent.has(nameOf(site)) ? this.#spent.getRemainingTTL(nameOf(site)) / 1000 : 0
  }
}

function nameOf({ id, daily_token_budget }: Site): string {
  return `${id} ${daily_token_budget ?? ''}`
}
