import { type Failure, lessonHash, parseProfile, type Sha256, type Site } from '@lectern/shared'
import { failure, isFailure } from '../failure.ts'
import { wantedOf } from '../rewriting/admit-lesson.ts'
import { sitePays } from '../rewriting/doors.ts'
import type { OpenedLesson, Personalizer } from '../rewriting/personalize.ts'
import type { Engine, RewriteStore } from '../rewriting/ports.ts'
import { rewriteKeys, type Wanted } from '../rewriting/rewrite-keys.ts'
import { readUpload } from '../rewriting/uploaded-lesson.ts'
import { unlessAborted } from '../unless-aborted.ts'
import type { Outcome, WaitingRewrite, WarmupStore } from './ports.ts'
import type { SpentBudgets } from './spent-budgets.ts'
import { lessonSite } from './warmups.ts'

export type MakingPorts = {
  store: Pick<WarmupStore, 'take' | 'end'>
  personalizer: Pick<Personalizer, 'personalize'>
  rewrites: Pick<RewriteStore, 'find'>
  engine: Pick<Engine, 'model' | 'version'>
  spent: SpentBudgets
  sites(): Promise<readonly Site[]>
  sha256: Sha256
}

/** What may be gone when it is tried again. */
const passing: readonly Failure['error'][] = [
  'upstream_failed',
  'upstream_timeout',
  'overloaded',
  'database_unavailable',
]
/** Staff may raise a budget before the day is over: it is looked at again sooner. */
const MOST_WAIT_S = 3600

/**
 * Makes one rewrite of a warm-up by the learners' own path, and notes how that ended. What a budget refuses is tried
 * later, and so is what failed in a way that may pass, unless this is the `last` try. Throws once `signal` is aborted:
 * the rewrite waits on then.
 */
export async function makeRewrite(
  ports: MakingPorts,
  rewriteId: string,
  last: boolean,
  signal: AbortSignal,
): Promise<Outcome> {
  const { store, spent, sites } = ports
  const waiting = await store.take(rewriteId)
  if (waiting === undefined) return { state: 'gone' }
  // The lesson was checked when it came; its site may have changed since.
  const site = lessonSite(await sites(), waiting.lesson.url, waiting.site)
  const wait = isFailure(site) ? 0 : spent.secondsLeft(site)
  if (wait > 0) return { state: 'later', seconds: wait }
  const failed = isFailure(site) ? site : await failureOf(ports, site, waiting, signal)
  if (failed?.error === 'budget_spent' && !isFailure(site)) {
    const seconds = Math.min(failed.retry_after ?? MOST_WAIT_S, MOST_WAIT_S)
    spent.note(site, seconds)
    return { state: 'later', seconds }
  }
  if (failed !== undefined && passing.includes(failed.error) && !last) return { state: 'again' }
  await store.end(rewriteId, failed)
  return failed === undefined ? { state: 'made' } : { state: 'failed', failure: failed }
}

async function failureOf(
  { personalizer, rewrites, engine, sha256 }: MakingPorts,
  site: Site,
  { profile: profileText, lesson }: WaitingRewrite,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const profile = parseProfile(profileText)
  const upload = readUpload(sha256, lesson)
  if (isFailure(upload)) return upload
  if (profile === undefined) return failure('validation_failed', 'This profile is none any more.', 'profile')
  const wanted = wantedOf(profile, site, {})
  const { lesson_slug, title } = lesson
  const request = { ...wanted, ...upload, name: { lesson_slug, title }, payer: sitePays(site) }
  const opened = await personalizer.personalize(request)
  if (isFailure(opened)) return opened
  return (
    (await endOf(opened, signal)) ??
    unkept(
      { rewrites, engine, sha256 },
      wanted,
      upload.sections.map(({ hash }) => hash),
    )
  )
}

/** Reads a lesson's events to their end, since each section is made whether or not anyone reads. */
async function endOf({ events }: OpenedLesson, signal: AbortSignal): Promise<Failure | undefined> {
  for (;;) {
    const next = await unlessAborted(events.next(), signal)
    if (next.done) return undefined
    const { value } = next
    if (value.event === 'failed' && value.data.section === undefined) return value.data
  }
}

/** Sections that were shown once and not stored would be made anew for the first learner. */
async function unkept(
  { rewrites, engine, sha256 }: Pick<MakingPorts, 'rewrites' | 'engine' | 'sha256'>,
  wanted: Wanted,
  sections: readonly string[],
): Promise<Failure | undefined> {
  const keys = rewriteKeys(sha256, engine, wanted)
  const lesson = { hash: lessonHash(sha256, sections), sections }
  const stored = new Set(
    (await rewrites.find(lesson, keys.profiles, keys.version)).rewrites.map(({ key }) => key.section),
  )
  const unstored = sections.filter((hash) => !stored.has(hash)).length
  if (unstored === 0) return undefined
  return failure(
    'upstream_refused',
    `${unstored} of ${sections.length} sections could not be kept, since too much of them did not pass the checks: they are made anew for whoever opens the lesson.`,
  )
}
