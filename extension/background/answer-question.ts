import { type Failure, formatProfile, profileOf, type StreamEvent } from '@lectern/shared'
import { ApiError } from '../api-client/api-error.ts'
import type { LessonEvent, LessonQuestion } from '../messaging/lesson-protocol.ts'
import { type Learner, learnerStore } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { StorageError } from '../storage/storage-error.ts'
import { apiOf } from './api-of-learner.ts'
import { siteOfPage } from './course-sites.ts'
import { lessonEvents } from './lesson-events.ts'
import { type LessonPage, type PreparedLesson, prepareLesson, refusalOf, uploadOf } from './prepare-lesson.ts'
import { asKnownLearner } from './sync-learner.ts'
import { typesetFormulas } from './typeset-formulas.ts'

type PreparedQuestion = { prepared: PreparedLesson; page: LessonPage; profile: string; signal: AbortSignal }

/**
 * Answers a lesson's question with the rewrite as it comes: by hash first, then with the text that the API misses.
 * A failure is the last event; after `signal` there is none.
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
    const refusal = refusalOf(prepared, language)
    if (refusal !== undefined) return yield { type: 'failed', failure: refusal }
    const { adjustment, variant } = question
    const profile = formatProfile(profileOf(preferences))
    const asked = { prepared, page: { url, adjustment, variant }, profile, signal }
    const events = await asKnownLearner((learner) => ask(learner, asked))
    const apiUrl = apiUrlOf(await settingsStore.get())
    yield* typesetFormulas(lessonEvents(events, { prepared, language, apiUrl }), question)
  } catch (error) {
    if (signal.aborted) return
    yield { type: 'failed', failure: failureOf(error) }
  }
}

async function ask(learner: Learner, asked: PreparedQuestion): Promise<AsyncIterable<StreamEvent>> {
  const { prepared, page, profile, signal } = asked
  const api = await apiOf(learner)
  const site = await siteOfPage(page.url)
  const { url: _, ...version } = page
  const query = { profile, ...version, ...(site === undefined ? {} : { site: site.id }) }
  try {
    return await api.findRewrites(prepared.hash, query, signal)
  } catch (error) {
    return await send(missingOf(error))
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
