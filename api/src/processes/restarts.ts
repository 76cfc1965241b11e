const FIRST_MS = 1_000
const LONGEST_MS = 30_000
/** Who has run so long did not end for the reason that the one before had. */
const SETTLED_MS = 60_000

/** How long to wait before a process that has ended is started again: longer each time that it ends soon. */
export class Restarts {
  #pauseMs = FIRST_MS

  /** Of a process that has run for so long. */
  pauseAfter(ranMs: number): number {
    if (ranMs >= SETTLED_MS) this.#pauseMs = FIRST_MS
    const pause = this.#pauseMs
    this.#pauseMs = Math.min(LONGEST_MS, pause * 2)
    return pause
  }
}
