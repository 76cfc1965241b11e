import type { VisitRecord } from '../client/play-visits.ts'
import { percentile } from './percentile.ts'

/** Endings that nobody wanted. */
const unwanted: ReadonlySet<VisitRecord['ended']> = new Set(['failed', 'broken', 'dropped', 'stopped'])

/** Whether a visit went wrong: it ended otherwise than planned, or what arrived contradicts itself. */
export function wentWrong({ ended, fault }: Pick<VisitRecord, 'ended' | 'fault'>): boolean {
  return unwanted.has(ended) || fault !== undefined
}

/** Keeps what became of each visit, and tells how it goes just now. */
export class Recorder {
  readonly records: VisitRecord[] = []
  #wrong = 0
  #seen = 0

  readonly record = (record: VisitRecord): void => {
    this.records.push(record)
    if (wentWrong(record)) this.#wrong += 1
  }

  /** What ended since it was asked last. */
  recent(): { ended: number; p50?: number; p99?: number; wrong: number } {
    const fresh = this.records.slice(this.#seen)
    this.#seen = this.records.length
    const times = fresh.flatMap(({ whole }) => whole ?? [])
    const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
    return {
      ended: fresh.length,
      wrong: this.#wrong,
      ...(p50 !== undefined && { p50 }),
      ...(p99 !== undefined && { p99 }),
    }
  }
}
