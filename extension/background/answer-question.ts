import {
  type Failure,
  formatProfile,
  type PersonalizedLesson,
  type Preferences,
  profileOf,
  type RewritesQuery,
  replayRewrite,
  type StreamEvent,
} from '@lectern/shared'
import { ApiError } from '../api-client/api-error.ts'
import type { LessonEvent, LessonQuestion } from '../messaging/lesson-protocol.ts'
import { schoolPolicy, takenAway } from '../school/school-policy.ts'
import { findKeptLesson } from '../storage/kept-lessons.ts'
import { type Learner, learnerStore } from '../storage/learner-store.ts'
import { lessonSettingsStore, siteSettingsOf } from '../storage/lesson-settings-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { StorageError } from '../storage/storage-error.ts'
import { apiOf } from './api-of-learner.ts'
import { checkKeptLesson } from './check-kept-lesson.ts'
import { keepWhenWhole } from './keep-when-whole.ts'
import { keptKeyOf } from './kept-key.ts'
import { lessonEvents } from './lesson-events.ts'
import { usualVersion } from './lesson-settings.ts'
import { refusalByOwner } from './owner-wishes.ts'
import {
  type LessonPage,
  ledgerLessonOf,
  type PreparedLesson,
  prepareLesson,
  refusalOf,
  uploadOf,
} from './prepare-lesson.ts'
import { siteOfPage } from './site-of-page.ts'
import { asKnownLearner } from './sync-learner.ts'
import { typesetFormulas } from './typeset-formulas.ts'

type Asked = { prepared: PreparedLesson; page: LessonPage; profile: string; signal: AbortSignal }

/**
 * Answers a lesson's question with the rewrite as it comes: from this machine where it was made before, which is
 * then checked against the API; else by hash, and then with the text that the API misses. A failure is the last
 * event; after `signal` there is none.
 */
export async function* answerQuestion(
  question: LessonQuestion,
  url: string,
  signal: AbortSignal,
): AsyncGenerator<LessonEvent, void, undefined> {
  try {
    const { preferences } = await learnerStore.get()
    if (preferences === null) return yield { type: 'onboarding_needed' }
    const language = preferences.preferred_language
    const prepared = prepareLesson(question)
    const refusal = refusalOf(prepared, language) ?? (await refusalByOwner(url, question.stated ?? []))
    if (refusal !== undefined) return yield { type: 'failed', failure: refusal }
    const subject_background = await subjectBackgroundOf(url)
    const profile = formatProfile(profileOf({ ...preferences, ...subject_background }))
    const { looking_at } = question
    const { adjustment, variant } = takenAway(await schoolPolicy()).versions ? usualVersion : question
    const page = {
      url,
      adjustment,
      variant,
      ...subject_background,
      ...(looking_at !== undefined && { looking_at }),
    }
    const apiUrl = apiUrlOf(await settingsStore.get())
    const events = await openRewrite({ prepared, page, profile, signal })
    yield* typesetFormulas(lessonEvents(events, { prepared, language, apiUrl }), question)
  } catch (error) {
    if (signal.aborted) return
    yield { type: 'failed', failure: failureOf(error) }
  }
}

async function openRewrite(asked: Asked): Promise<AsyncIterable<StreamEvent>> {
  const { prepared, page, profile } = asked
  const query = queryOf(asked, (await siteOfPage(page.url))?.id)
  const key = await keptKeyOf(prepared.hash, query, page.url)
  // What is kept is a help only: without it, the API is asked.
  const kept = await findKeptLesson(key).catch(console.error)
  if (kept === undefined) return asKnownLearner((learner) => ask(learner, asked))
  void checkKeptLesson({ key, kept, hash: prepared.hash, query: { ...query, profile }, url: page.url })
  return fromThisMachine(kept.lesson)
}

async function subjectBackgroundOf(url: string): Promise<Partial<Pick<Preferences, 'subject_background'>>> {
  const { subject_background } = siteSettingsOf(await lessonSettingsStore.get(), url)
  return subject_background === null ? {} : { subject_background }
}

function queryOf({ page: { adjustment, variant }, profile }: Asked, site: string | undefined): RewritesQuery {
  return { profile, adjustment, variant, ...(site === undefined ? {} : { site }) } as RewritesQuery
}

/** Kept is as good as cached: nobody makes it now. */
async function* fromThisMachine({
  sections,
  ...lesson
}: PersonalizedLesson): AsyncGenerator<StreamEvent, void> {
  yield* replayRewrite({ ...lesson, sections: sections.map((section) => ({ ...section, cached: true })) })
}

async function ask(learner: Learner, asked: Asked): Promise<AsyncIterable<StreamEvent>> {
  const { prepared, page, signal } = asked
  const site = await siteOfPage(page.url)
  const api = await apiOf(learner, { lesson: ledgerLessonOf(prepared, page.url) })
  const query = queryOf(asked, site?.id)
  const key = await keptKeyOf(prepared.hash, query, page.url)
  return keepWhenWhole(await find(), { key, lesson: prepared })

  async function find(): Promise<AsyncIterable<StreamEvent>> {
    try {
      return await api.findRewrites(prepared.hash, query, signal)
    } catch (error) {
      return await send(missingOf(error))
    }
  }

  async function send(missing: string[]): Promise<AsyncIterable<StreamEvent>> {
    try {
      return await api.personalize(uploadOf(prepared, page, missing), signal)
    } catch (error) {
      // What was being made may have failed, or been erased, since it was called known.
      if (missing.length === 0 || missingOf(error).length === 0) throw error
      return await send([])
    }
  }
}

/** The sections that the API misses; any other failure is thrown on. */
function missingOf(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.failure.error !== 'lesson_not_stored') throw error
  return error.failure.missing ?? []
}

function failureOf(error: unknown): Failure {
  if (error instanceof ApiError || error instanceof StorageError) return error.failure
  console.error(error)
  return {
    error: 'internal_error',
    message: 'Something went wrong inside Lectern. Original works; reload the page and try again.',
  }
}
