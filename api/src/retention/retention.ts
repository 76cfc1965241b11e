import { setTimeout as delay } from 'node:timers/promises'
import type { RetentionStore } from './ports.ts'

/** Days without use after which something is removed; 0 keeps it. */
export type RetentionDays = { rewrites: number; learners: number }

export type Removed = { rewrites: number; learners: number; lessons: number }

export type RetentionPorts = {
  store: RetentionStore
  days: RetentionDays
  /** Erases a learner with all that is stored of them. */
  erase(userId: string): Promise<unknown>
  /** Tells all processes whose rewrites were deleted. */
  announce(sections: readonly string[]): Promise<void>
  onRemoved(removed: Removed): void
  onFailure(error: unknown): void
}

/** So few rows at once that no statement of a learner waits for one of these. */
const BATCH = 200
const PAUSE_MS = 100
const HOUR_MS = 3_600_000
/** Somewhat less than a day: the hour must not wander. */
const HOURS_BETWEEN = 23

/**
 * Removes once a day what was not used for so long, in small batches. Every process looks each hour whether it is
 * time; a row in the database lets one of them in. A job queue would bring its tables and its polling for this.
 */
export class Retention {
  readonly #ports: RetentionPorts
  readonly #closing = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(ports: RetentionPorts) {
    this.#ports = ports
  }

  /** The first look is within the hour, by chance: processes that start together do not come together. */
  start(): void {
    this.#lookIn(Math.random() * HOUR_MS)
  }

  /** Cleans up, if it is this process's turn; gives what was removed, nothing where it was not. */
  async run(): Promise<Removed | undefined> {
    const { store, days, onRemoved } = this.#ports
    if (!(await store.takeTurn(HOURS_BETWEEN))) return undefined
    await store.removeAbandoned()
    const removed: Removed = {
      learners: days.learners === 0 ? 0 : await this.#eraseLearners(days.learners),
      rewrites: days.rewrites === 0 ? 0 : await this.#removeRewrites(days.rewrites),
      lessons:
        days.rewrites === 0 ? 0 : await this.#inBatches(() => store.removeLessons(days.rewrites, BATCH)),
    }
    onRemoved(removed)
    return removed
  }

  /** Ends after the batch that is under way; the rest is removed another day. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#closing.abort()
    await this.#running
  }

  #lookIn(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#running = this.run().then(() => undefined, this.#ports.onFailure)
      this.#lookIn(HOUR_MS)
    }, ms).unref()
  }

  #eraseLearners(days: number): Promise<number> {
    const { store, erase } = this.#ports
    return this.#inBatches(async () => {
      const idle = await store.findIdleLearners(days, BATCH)
      for (const userId of idle) {
        if (this.#closing.signal.aborted) return 0
        await erase(userId)
      }
      return idle.length
    })
  }

  #removeRewrites(days: number): Promise<number> {
    const { store, announce } = this.#ports
    return this.#inBatches(async () => {
      const sections = await store.removeRewrites(days, BATCH)
      await announce(sections)
      return sections.length
    })
  }

  /** Until one is not full. Gives how many were removed in all. */
  async #inBatches(remove: () => Promise<number>): Promise<number> {
    const { signal } = this.#closing
    for (let total = 0; ; ) {
      if (signal.aborted) return total
      const removed = await remove()
      total += removed
      if (removed < BATCH) return total
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
