import {
  type BlockLesson,
  CacheCleared,
  Course,
  historyHeader,
  historyOff,
  LearnerExport,
  type LessonProgress,
  PersonalizedLesson,
  Preferences,
  Progress,
  type ReportCreate,
  ReportMade,
  type RewritesQuery,
  type Site,
  SiteList,
  type StreamEvent,
} from '@lectern/shared'
import type { Options } from 'ky'
import type { Static, TSchema } from 'typebox'
import type { SendingKind } from '../storage/ledger.ts'
import { ApiError, brokenOff, unreadable } from './api-error.ts'
import { createApiHttp, timeouts } from './api-http.ts'
import { readEvents } from './read-events.ts'

const eventStream = 'text/event-stream'

/** What an API that knows an answer's entity tag says: that it is still that one, or the new answer with its tag. */
export type Tagged<T> = { changed: false } | { changed: true; value: T; etag: string | null }

/** Told before a call that says something of the learner or a page; what it gives is called once an answer came. */
export type RecordSending = (sending: { kind: SendingKind; bytes: number }) => Promise<() => Promise<void>>

export type ApiClient = ReturnType<typeof createApiClient>

/**
 * The calls to Lectern's API at an address, for a learner, into whose history there nothing goes where `history` is
 * false. Each checks the answer by its schema and rejects with
 * an ApiError; an aborted signal rejects with its reason.
 */
export function createApiClient(
  apiUrl: string,
  userId: string,
  record: RecordSending,
  { history = true }: { history?: boolean } = {},
) {
  const { request, parse } = createApiHttp(apiUrl)

  /** A call in the learner's name, which is recorded. */
  async function send(kind: SendingKind, path: string, { json, ...options }: Options): Promise<Response> {
    const body = json === undefined ? '' : JSON.stringify(json)
    const query = options.searchParams ? `?${new URLSearchParams(options.searchParams as QueryValues)}` : ''
    const bytes = new TextEncoder().encode(`/${path}${query}${body}`).length
    const headers = {
      'x-user-id': userId,
      ...(history ? {} : { [historyHeader]: historyOff }),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
      ...(options.headers as Record<string, string> | undefined),
    }
    const answered = await record({ kind, bytes })
    const call = request(path, { ...options, headers, ...(body === '' ? {} : { body }) })
    await call
      .then(answered, (error: unknown) => (isAnswer(error) ? answered() : undefined))
      .catch(console.error)
    return call
  }

  async function ask<S extends TSchema>(
    schema: S,
    kind: SendingKind,
    path: string,
    options: Options,
  ): Promise<Static<S>> {
    return parse(schema, await send(kind, path, options))
  }

  async function tagged<S extends TSchema>(schema: S, response: Response): Promise<Tagged<Static<S>>> {
    if (response.status === 304) return { changed: false }
    return { changed: true, value: await parse(schema, response), etag: response.headers.get('etag') }
  }

  async function stream(
    kind: SendingKind,
    path: string,
    options: Options,
  ): Promise<AsyncIterable<StreamEvent>> {
    const response = await send(kind, path, {
      ...options,
      timeout: timeouts.stream,
      headers: { accept: eventStream },
    })
    if (!response.headers.get('content-type')?.startsWith(eventStream))
      throw unreadable(apiUrl, 'no event stream')
    if (response.body === null) throw brokenOff(apiUrl)
    return readEvents(response.body, apiUrl)
  }

  return {
    /** Makes the learner known; that they are already is fine. */
    async createUser(): Promise<void> {
      const throwHttpErrors = (status: number) => status !== 409
      await send('answers', 'api/user/create', { method: 'post', json: { user_id: userId }, throwHttpErrors })
    },

    submitQuestionnaire(preferences: Preferences): Promise<Preferences> {
      const json = { user_id: userId, ...preferences }
      return ask(Preferences, 'answers', 'api/onboarding', { method: 'post', json })
    },

    changePreferences(preferences: Preferences): Promise<Preferences> {
      return ask(Preferences, 'answers', 'api/user/preferences', { method: 'put', json: preferences })
    },

    /** The sites of the API, unless they are still those of `etag`. */
    async listSites(etag: string | null): Promise<Tagged<Site[]>> {
      const answer = await tagged(SiteList, await request('api/sites', unlessStill(etag)))
      return answer.changed ? { ...answer, value: answer.value.sites } : answer
    },

    /** The course of a code. */
    getCourse(code: string): Promise<Course> {
      return request(`api/courses/${encodeURIComponent(code)}`, {}).then((response) =>
        parse(Course, response),
      )
    },

    /** The stored rewrites of a lesson, by hash alone: no text of it leaves the browser. */
    findRewrites(
      lessonHash: string,
      query: RewritesQuery,
      signal: AbortSignal,
    ): Promise<AsyncIterable<StreamEvent>> {
      return stream('lesson_hash', `api/rewrites/${lessonHash}`, { searchParams: query, signal })
    },

    /** The same as a whole, unless it is still that of `etag`. */
    async checkRewrites(
      lessonHash: string,
      query: RewritesQuery,
      etag: string | null,
    ): Promise<Tagged<PersonalizedLesson>> {
      const options = { searchParams: query, ...unlessStill(etag) }
      return tagged(PersonalizedLesson, await send('lesson_hash', `api/rewrites/${lessonHash}`, options))
    },

    personalize(lesson: BlockLesson, signal: AbortSignal): Promise<AsyncIterable<StreamEvent>> {
      const kind = lesson.sections.some(({ blocks }) => blocks !== undefined) ? 'lesson_text' : 'lesson_hash'
      return stream(kind, 'api/personalize', { method: 'post', json: lesson, signal })
    },

    /** Tells the staff of a lesson's site of a problem with it. */
    report(report: ReportCreate): Promise<ReportMade> {
      return ask(ReportMade, 'report', 'api/reports', { method: 'post', json: report })
    },

    readProgress(): Promise<Progress> {
      return ask(Progress, 'progress', 'api/progress', {})
    },

    /** Tells how far the learner is with some lessons; gives these as the API has them then. */
    changeProgress(lessons: readonly LessonProgress[]): Promise<Progress> {
      return ask(Progress, 'progress', 'api/progress', { method: 'put', json: { lessons } })
    },

    /** All that the API keeps of the learner, as it says it. */
    exportLearner(): Promise<LearnerExport> {
      return ask(LearnerExport, 'export', `api/user/${userId}/export`, {})
    },

    /** Has the API forget the learner and all that it keeps of them. */
    async eraseLearner(): Promise<void> {
      await ask(CacheCleared, 'erasure', `api/user/${userId}`, { method: 'delete' })
    },
  }
}

/** A gateway that answers in the API's place tells nothing of whether the call arrived. */
function isAnswer(error: unknown): boolean {
  return error instanceof ApiError && error.failure.error !== 'api_unreachable'
}

type QueryValues = Record<string, string>

function unlessStill(etag: string | null): Options {
  return {
    headers: etag === null ? {} : { 'if-none-match': etag },
    throwHttpErrors: (status) => status !== 304,
  }
}
