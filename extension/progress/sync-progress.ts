import { type LessonProgress, progressLimits } from '@lectern/shared'
import { ApiError } from '../api-client/api-error.ts'
import { apiOf } from '../background/api-of-learner.ts'
import { asKnownLearner } from '../background/sync-learner.ts'
import type { Outcome } from '../messaging/messages.ts'
import { schoolPolicy, takenAway } from '../school/school-policy.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { afterAsking, type ProgressKept, progressOf, progressStore } from './progress-store.ts'

/** How long changes wait to be sent together, in milliseconds. */
const WAIT = 2 * 60_000

let flight: Promise<Outcome> | undefined

/**
 * Tells the server what it does not know, and hears what other devices told it; only where the learner wishes that,
 * and not more often than every two minutes unless `now` is true. What cannot be sent stays to be sent.
 */
export function syncProgress({ now = false } = {}): Promise<Outcome> {
  flight ??= sync(now).finally(() => {
    flight = undefined
  })
  return flight
}

async function sync(now: boolean): Promise<Outcome> {
  if (takenAway(await schoolPolicy()).progressSync) return { ok: true }
  const kept = await progressStore.get()
  const apiUrl = apiUrlOf(await settingsStore.get())
  if (kept.shared_with !== apiUrl || (!now && Date.now() - kept.asked_at < WAIT)) return { ok: true }
  /** Not where all was erased meanwhile, or the learner changed their mind. */
  const update = (change: (current: ProgressKept) => ProgressKept) =>
    progressStore.update((current) => (current.shared_with === apiUrl ? change(current) : current))
  try {
    await asKnownLearner(async (learner) => {
      const api = await apiOf(learner)
      const sent = unsentOf(kept)
      for (let at = 0; at < sent.length; at += progressLimits.change)
        await api.changeProgress(sent.slice(at, at + progressLimits.change))
      const { lessons: heard } = await api.readProgress()
      await update((current) => afterAsking(current, { sent, heard, at: Date.now() }))
    })
    return { ok: true }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Not again with the next reading: an API that is away is not asked each minute.
    await update((current) => ({ ...current, asked_at: Date.now() }))
    return { ok: false, failure: error.failure }
  }
}

function unsentOf(kept: ProgressKept): LessonProgress[] {
  return kept.unsent.flatMap((address) => progressOf(kept, address) ?? [])
}
