import type { SectionCounter, SectionTally } from '../rewriting/ports.ts'
import { dayOf } from '../usage/budgets.ts'
import type { SectionCounts, Settlement, UsageStore } from '../usage/ports.ts'
import { WriteBehind } from './write-behind.ts'

const COUNTS_MS = 5_000
const DAY_MS = 86_400_000
const noSections: SectionTally = { made: 0, shared: 0, hits: 0, failed: 0 }

/**
 * Writes what was used: how calls ended at once, those that end meanwhile together; how sections came about at most
 * 5 s later, which a crash loses.
 */
export class UsageLog implements SectionCounter {
  readonly #settlements: WriteBehind<Settlement>
  readonly #counts: WriteBehind<SectionCounts>
  #today = { until: 0, day: '' }

  constructor(store: Pick<UsageStore, 'settle' | 'count'>, onFailure: (error: unknown) => void) {
    this.#settlements = new WriteBehind({
      write: (settlements) => store.settle(settlements),
      merge: (_older, newer) => newer,
      delayMs: 0,
      onFailure,
    })
    this.#counts = new WriteBehind({
      write: (counts) => store.count(counts),
      merge: sum,
      delayMs: COUNTS_MS,
      onFailure,
    })
  }

  settle(settlement: Settlement): void {
    this.#settlements.add(settlement.id, settlement)
  }

  count(site: string | undefined, sections: Partial<SectionTally>): void {
    const day = this.#day(Date.now())
    this.#counts.add(`${day} ${site ?? ''}`, { day, site, ...noSections, ...sections })
  }

  /** Each hit is counted: the date is made once a day. */
  #day(now: number): string {
    if (now >= this.#today.until)
      this.#today = { until: (Math.floor(now / DAY_MS) + 1) * DAY_MS, day: dayOf(new Date(now)) }
    return this.#today.day
  }

  async flush(): Promise<void> {
    await this.#settlements.flush()
    await this.#counts.flush()
  }

  /** Writes what is pending. Throws if that fails. */
  async close(): Promise<void> {
    await this.#settlements.close()
    await this.#counts.close()
  }
}

function sum(older: SectionCounts, newer: SectionCounts): SectionCounts {
  return {
    ...newer,
    made: older.made + newer.made,
    shared: older.shared + newer.shared,
    hits: older.hits + newer.hits,
    failed: older.failed + newer.failed,
  }
}
