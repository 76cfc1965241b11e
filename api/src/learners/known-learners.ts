import type { Failure, Preferences } from '@lectern/shared'
import { LRUCache } from 'lru-cache'
import { isFailure } from '../failure.ts'
import { type Broadcast, UNHEARD_MS } from '../rewriting/ports.ts'
import type { LearnerStore } from './ports.ts'
import { getPreferences } from './preferences.ts'

/** Some 500 bytes each. */
const MOST_LEARNERS = 20_000

/** Longer than a lesson's requests follow each other; changes are told at once. */
const HEARD_MS = 60_000

/** The preferences of learners who ask for lessons, kept for a moment: each of their requests needs them. */
export class KnownLearners {
  readonly #store: LearnerStore
  readonly #broadcast: Broadcast
  readonly #known = new LRUCache<string, Preferences>({ max: MOST_LEARNERS, ttl: UNHEARD_MS })
  #changes = 0

  constructor(store: LearnerStore, broadcast: Broadcast) {
    this.#store = store
    this.#broadcast = broadcast
    broadcast.subscribe('learner', {
      onHint: (learner) => this.#forget(() => this.#known.delete(learner)),
      onGap: () => this.#forget(() => this.#known.clear()),
    })
  }

  /** As {@link getPreferences}; only a learner with preferences is kept. */
  async preferencesOf(userId: string): Promise<Preferences | Failure> {
    const learner = userId.toLowerCase()
    const known = this.#known.get(learner)
    if (known !== undefined) return known
    const begun = this.#changes
    const preferences = await getPreferences(this.#store, learner)
    // What was read before a change is not kept after it.
    if (!isFailure(preferences) && begun === this.#changes)
      this.#known.set(learner, preferences, { ttl: this.#broadcast.listening ? HEARD_MS : UNHEARD_MS })
    return preferences
  }

  #forget(what: () => void): void {
    this.#changes += 1
    what()
  }
}
