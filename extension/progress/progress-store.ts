import { LessonProgress, mergeProgress, type ProgressState, progressLimits } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { createPersistedStore } from '../storage/persisted-store.ts'

const Address = LessonProgress.properties.lesson_slug

/** How far the learner is with each lesson; `lesson_slug` is its `lessonAddress`. */
export const ProgressKept = Type.Object({
  /** What changed last is at the end. */
  lessons: Type.Array(LessonProgress, { maxItems: progressLimits.lessons }),
  /** The address of the API that the learner wishes to keep it, too; null for none. */
  shared_with: Type.Union([Type.String(), Type.Null()]),
  /** Lessons of which the server does not know the last change. */
  unsent: Type.Array(Address, { maxItems: progressLimits.lessons }),
  /** When the server was asked last, in milliseconds since 1970. */
  asked_at: Type.Number(),
})
export type ProgressKept = Static<typeof ProgressKept>

export const progressStore = createPersistedStore({
  key: 'progress',
  version: 1,
  migrations: {},
  schema: ProgressKept,
  initial: (): ProgressKept => ({ lessons: [], shared_with: null, unsent: [], asked_at: 0 }),
})

/** A lesson by its address, with the id of the site that lists it, if any. */
export type LessonPlace = { address: string; site?: string | undefined }

/** What is kept of a lesson, if anything. */
export function progressOf({ lessons }: ProgressKept, address: string): LessonProgress | undefined {
  return lessons.find(({ lesson_slug }) => lesson_slug === address)
}

/** After a lesson was read for some time, to its end or not. A lesson once completed stays so. */
export function afterReading(
  kept: ProgressKept,
  place: LessonPlace,
  { seconds, finished }: { seconds: number; finished: boolean },
): ProgressKept {
  const before = progressOf(kept, place.address)
  const isCompleted = finished || before?.state === 'completed'
  const changed = inState(before, place, isCompleted ? 'completed' : 'in_progress')
  return withLesson(kept, { ...changed, seconds: changed.seconds + seconds })
}

/** After the learner said how far they are with a lesson. */
export function afterSaying(kept: ProgressKept, place: LessonPlace, state: ProgressState): ProgressKept {
  return withLesson(kept, inState(progressOf(kept, place.address), place, state))
}

/** After the server was told of these lessons, and said what it has of them, or of all. */
export function afterAsking(
  kept: ProgressKept,
  { sent, heard, at }: { sent: readonly LessonProgress[]; heard: readonly LessonProgress[]; at: number },
): ProgressKept {
  const merged = heard.reduce((lessons, lesson) => put(lessons, lesson), kept.lessons)
  const isSent = (address: string) => {
    const now = progressOf(kept, address)
    // What was read meanwhile is still to be sent.
    return sent.some(
      (lesson) =>
        lesson.lesson_slug === address && lesson.seconds === now?.seconds && lesson.state === now.state,
    )
  }
  return { ...kept, lessons: merged, unsent: kept.unsent.filter((address) => !isSent(address)), asked_at: at }
}

/** After the learner wished progress kept by the API at an address, or by none. */
export function afterWish(kept: ProgressKept, apiUrl: string | null): ProgressKept {
  const unsent = apiUrl !== null ? kept.lessons.map(({ lesson_slug }) => lesson_slug) : []
  return { ...kept, shared_with: apiUrl, unsent, asked_at: 0 }
}

function inState(
  before: LessonProgress | undefined,
  { address, site }: LessonPlace,
  state: ProgressState,
): LessonProgress {
  const now = new Date().toISOString()
  if (before === undefined)
    return { lesson_slug: address, ...(site !== undefined && { site }), state, seconds: 0, updated_at: now }
  return before.state === state ? before : { ...before, state, updated_at: now }
}

function withLesson(kept: ProgressKept, lesson: LessonProgress): ProgressKept {
  const { lesson_slug } = lesson
  const unsent =
    kept.shared_with !== null
      ? [...kept.unsent.filter((address) => address !== lesson_slug), lesson_slug]
      : []
  const others = kept.lessons.filter((one) => one.lesson_slug !== lesson_slug)
  return {
    ...kept,
    lessons: [...others, lesson].slice(-progressLimits.lessons),
    unsent: unsent.slice(-progressLimits.lessons),
  }
}

function put(lessons: LessonProgress[], heard: LessonProgress): LessonProgress[] {
  const at = lessons.findIndex(({ lesson_slug }) => lesson_slug === heard.lesson_slug)
  const known = lessons[at]
  if (known === undefined) return [heard, ...lessons].slice(-progressLimits.lessons)
  return lessons.with(at, mergeProgress(known, heard))
}
