export type WriteBehindOptions<T> = {
  write(items: T[]): Promise<unknown>
  /** What becomes of two items of one key. */
  merge(older: T, newer: T): T
  /** How long an item waits for others; 0: until the writing before it has ended. */
  delayMs: number
  /** Told of a failed writing, which is tried again. */
  onFailure(error: unknown): void
}

/** Items beyond this are dropped, the oldest first: a database that stays away must not fill the memory. */
const MOST_PENDING = 10_000
const RETRY_MS = 5_000

/** Items wait in memory and are written together, one writing at a time; a crash loses those that wait. */
export class WriteBehind<T> {
  readonly #options: WriteBehindOptions<T>
  readonly #pending = new Map<string, T>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: WriteBehindOptions<T>) {
    this.#options = options
  }

  add(key: string, item: T): void {
    this.#put(key, item)
    this.#flushIn(this.#options.delayMs)
  }

  /** Writes all that is pending. Throws if that fails; it stays pending then. */
  flush(): Promise<void> {
    const writing = this.#writing.then(() => this.#write())
    this.#writing = writing.catch(() => undefined)
    return writing
  }

  /** Writes what is pending and stops the timer. Throws if that fails. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.flush()
  }

  #flushIn(ms: number): void {
    this.#timer ??= setTimeout(() => this.#flushInTime(), ms).unref()
  }

  async #flushInTime(): Promise<void> {
    this.#timer = undefined
    try {
      await this.flush()
    } catch (error) {
      this.#options.onFailure(error)
      this.#flushIn(RETRY_MS)
    }
  }

  async #write(): Promise<void> {
    const batch = [...this.#pending]
    if (batch.length === 0) return
    this.#pending.clear()
    try {
      await this.#options.write(batch.map(([, item]) => item))
    } catch (error) {
      const newer = [...this.#pending]
      this.#pending.clear()
      for (const [key, item] of [...batch, ...newer]) this.#put(key, item)
      throw error
    }
  }

  #put(key: string, item: T): void {
    const older = this.#pending.get(key)
    // It keeps its place: to move it costs as much as a hit that is counted here.
    this.#pending.set(key, older === undefined ? item : this.#options.merge(older, item))
    if (this.#pending.size <= MOST_PENDING) return
    const [oldest] = this.#pending.keys()
    if (oldest !== undefined) this.#pending.delete(oldest)
  }
}
