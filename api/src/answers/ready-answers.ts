import type { Site } from '@lectern/shared'
import { LRUCache } from 'lru-cache'
import type { Reading } from '../rewriting/personalize.ts'
import { type Broadcast, UNHEARD_MS } from '../rewriting/ports.ts'
import { hintedSections } from '../rewriting/rewrites-hint.ts'

export type AnswerFormat = 'json' | 'events'

/** The answer of a lesson whose sections are all stored, as it is sent. No learner is in it. */
export type ReadyAnswer = {
  format: AnswerFormat
  body: Buffer
  etag: string
  /** The hashes of the sections whose rewrites are in it. */
  sections: readonly string[]
  /** The whitelist that it was made under, as one object: under another it is not the answer any more. */
  sites: readonly Site[]
  reading: Reading
}

/** What an entry takes beside its body: key, hashes, tag. */
const ENTRY_BYTES = 1024

/** How old an answer may get: only a safeguard, while all processes hear of what is deleted. */
const HEARD_MS = 600_000

/** Ready answers in memory, the least recently used of which leave first. */
export class ReadyAnswers {
  readonly #answers: LRUCache<string, ReadyAnswer> | undefined
  readonly #broadcast: Broadcast
  #forgotten = 0

  /** `bytes` of memory at most, none where it is 0. */
  constructor(bytes: number, broadcast: Broadcast) {
    this.#broadcast = broadcast
    if (bytes === 0) return
    this.#answers = new LRUCache({
      maxSize: bytes,
      sizeCalculation: ({ body, sections }) => body.length + ENTRY_BYTES + 64 * sections.length,
      ttl: UNHEARD_MS,
    })
    broadcast.subscribe('rewrites', {
      onHint: (hint) => this.forget(hintedSections(hint)),
      onGap: () => this.forget(),
    })
  }

  get(key: string, sites: readonly Site[]): ReadyAnswer | undefined {
    const answer = this.#answers?.get(key)
    return answer?.sites === sites ? answer : undefined
  }

  /**
   * Call it before what the answer is made of is read: what it gives keeps the answer, unless something was
   * forgotten meanwhile, since the reading may be older than that.
   */
  making(): (key: string, answer: ReadyAnswer) => void {
    const begun = this.#forgotten
    return (key, answer) => {
      if (begun !== this.#forgotten) return
      this.#answers?.set(key, answer, { ttl: this.#broadcast.listening ? HEARD_MS : UNHEARD_MS })
    }
  }

  /** Forgets the answers that hold any of these sections; all answers where none are named. */
  forget(sections?: readonly string[]): void {
    this.#forgotten += 1
    if (sections === undefined) return this.#answers?.clear()
    const gone = new Set(sections)
    for (const [key, answer] of this.#answers?.entries() ?? [])
      if (answer.sections.some((section) => gone.has(section))) this.#answers?.delete(key)
  }
}
