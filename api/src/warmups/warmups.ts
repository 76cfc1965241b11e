import {
  cleanLine,
  type Failure,
  lessonHash,
  parseProfile,
  type Sha256,
  type Site,
  type UsedProfiles,
  type Warmup,
  type WarmupChange,
  type WarmupCreate,
  type WarmupDetails,
  type WarmupLesson,
  type WarmupList,
  warmupLimits,
} from '@lectern/shared'
import { failure, isFailure } from '../failure.ts'
import { admitLesson, deniedBy } from '../rewriting/admit-lesson.ts'
import { readUpload } from '../rewriting/uploaded-lesson.ts'
import { siteNotFound } from '../sites/change-site.ts'
import type { WarmupQueue, WarmupStore } from './ports.ts'

export type WarmupPorts = {
  store: WarmupStore
  queue: WarmupQueue
  sites(): Promise<readonly Site[]>
  sha256: Sha256
}

/** Begins a warm-up of a listed site; its lessons come one by one after it. */
export async function createWarmup(
  { store, queue, sites }: WarmupPorts,
  { site: siteId, profiles, most_used = warmupLimits.profiles }: WarmupCreate,
  by: string,
): Promise<Warmup | Failure> {
  if (queue.unavailable !== undefined) return failure('warmups_unavailable', queue.unavailable)
  const site = (await sites()).find(({ id }) => id === siteId)
  if (site === undefined) return siteNotFound(siteId)
  const denied = deniedBy(site, 'site')
  if (denied !== undefined) return denied
  const wrong = profiles?.findIndex((text) => parseProfile(text) === undefined) ?? -1
  if (wrong !== -1)
    return failure('validation_failed', 'A profile must be six values, joined by dots.', `profiles/${wrong}`)
  const wanted = profiles ?? (await store.usedProfiles(siteId, most_used)).map(({ profile }) => profile)
  if (wanted.length === 0) {
    const message = 'No learner has read this site yet, so no profile is used most: name profiles.'
    return failure('validation_failed', message, 'profiles')
  }
  const created = await store.create({ site: siteId, profiles: wanted, created_by: by }, warmupLimits.open)
  const message = `${warmupLimits.open} warm-ups are under way: wait for one of them, or cancel one.`
  return created ?? failure('too_many_requests', message)
}

/** The latest warm-ups. */
export async function listWarmups({ store }: Pick<WarmupPorts, 'store'>): Promise<WarmupList> {
  return { warmups: await store.list() }
}

/** A warm-up, how far it is, and what could not be made. */
export async function findWarmup(
  { store }: Pick<WarmupPorts, 'store'>,
  warmupId: string,
): Promise<WarmupDetails | Failure> {
  return (await store.find(warmupId)) ?? unknownWarmup()
}

/** Adds a lesson, of which a rewrite for each profile is then made. */
export async function addWarmupLesson(
  ports: WarmupPorts,
  warmupId: string,
  lesson: WarmupLesson,
): Promise<WarmupDetails | Failure> {
  const { store, queue, sites, sha256 } = ports
  if (queue.unavailable !== undefined) return failure('warmups_unavailable', queue.unavailable)
  const warmup = await store.find(warmupId)
  if (warmup === undefined) return unknownWarmup()
  const site = lessonSite(await sites(), lesson.url, warmup.site)
  if (isFailure(site)) return site
  const read = readUpload(sha256, lesson)
  if (isFailure(read)) return read
  const hashes = read.sections.map(({ hash }) => hash)
  const hash = lessonHash(sha256, hashes)
  const added = await store.addLesson(warmupId, hash, asKept(lesson), warmupLimits.lessons)
  if ('refused' in added) return refusals[added.refused]()
  await queue.add(added.rewrites)
  return findWarmup(ports, warmupId)
}

/** What was not checked with the text is cleaned: a table refuses some characters, and no query is needed. */
function asKept({ lesson_slug, url, ...lesson }: WarmupLesson): WarmupLesson {
  const { origin, pathname } = new URL(url)
  return { ...lesson, lesson_slug: cleanLine(lesson_slug), url: origin + pathname }
}

/** Pauses a warm-up, lets it go on, or ends it for good; the lesson that is being made is made to its end. */
export async function changeWarmup(
  ports: WarmupPorts,
  warmupId: string,
  { state }: WarmupChange,
): Promise<WarmupDetails | Failure> {
  const { store, queue } = ports
  if (!(await store.change(warmupId, state)))
    return (await store.find(warmupId)) === undefined ? unknownWarmup() : refusals.cancelled()
  if (state === 'running') await queue.hasten(await store.waiting(warmupId))
  return findWarmup(ports, warmupId)
}

/** Which profiles the learners of a listed site have. */
export async function usedProfiles(
  { store, sites }: WarmupPorts,
  siteId: string,
): Promise<UsedProfiles | Failure> {
  if (!(await sites()).some(({ id }) => id === siteId)) return siteNotFound(siteId)
  return { profiles: await store.usedProfiles(siteId, warmupLimits.profiles) }
}

/** The site of a lesson's address, where it is this one and lets its lessons be rewritten. */
export function lessonSite(sites: readonly Site[], url: string, siteId: string): Site | Failure {
  const admitted = admitLesson(sites, url, false)
  if (isFailure(admitted)) return admitted
  if (admitted.site?.id === siteId) return admitted.site
  return failure('site_not_listed', 'The lesson is of another site than the warm-up.', 'url')
}

function unknownWarmup(): Failure {
  return failure('not_found', 'There is no warm-up of this id: see GET /api/warmups.', 'warmup_id')
}

const refusals = {
  unknown: unknownWarmup,
  cancelled: () =>
    failure('validation_failed', 'This warm-up was cancelled and stays so: begin another one.', 'state'),
  full: () =>
    failure(
      'validation_failed',
      `A warm-up takes ${warmupLimits.lessons} lessons: begin another one for the rest.`,
      'lesson',
    ),
}
