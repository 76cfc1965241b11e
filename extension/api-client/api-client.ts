import {
  type BlockLesson,
  CacheCleared,
  Preferences,
  type RewritesQuery,
  type Site,
  SiteList,
  type StreamEvent,
} from '@lectern/shared'
import ky, { type Options, type ResponsePromise } from 'ky'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { apiErrorOf, brokenOff, unreadable } from './api-error.ts'
import { readEvents } from './read-events.ts'

const eventStream = 'text/event-stream'
/** Milliseconds for a plain answer, and for the first word of a streamed one. */
const timeouts = { answer: 15_000, stream: 30_000 } as const

/** The course's sites, or that the list is still the one of that ETag. */
export type SitesAnswer = { changed: false } | { changed: true; sites: Site[]; etag: string | null }

export type ApiClient = ReturnType<typeof createApiClient>

/**
 * The calls to Lectern's API at an address, for a learner. Each checks the answer by its schema and rejects with
 * an ApiError; an aborted signal rejects with its reason.
 */
export function createApiClient(apiUrl: string, userId: string) {
  const http = ky.create({
    prefix: apiUrl,
    headers: { 'X-User-ID': userId },
    timeout: timeouts.answer,
    // A retry is the learner's: they see a sentence and a button.
    retry: 0,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  })

  async function request(path: string, options: Options): Promise<Response> {
    try {
      return await (http(path, options) as ResponsePromise)
    } catch (error) {
      options.signal?.throwIfAborted()
      throw apiErrorOf(error, apiUrl)
    }
  }

  async function ask<S extends TSchema>(schema: S, path: string, options: Options): Promise<Static<S>> {
    return parse(schema, await request(path, options))
  }

  async function parse<S extends TSchema>(schema: S, response: Response): Promise<Static<S>> {
    const answer: unknown = await response.json().catch(() => undefined)
    if (!Value.Check(schema, answer)) throw unreadable(apiUrl, `a malformed answer of ${response.url}`)
    return answer
  }

  async function stream(path: string, options: Options): Promise<AsyncIterable<StreamEvent>> {
    const response = await request(path, {
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
      await request('api/user/create', { method: 'post', json: { user_id: userId }, throwHttpErrors })
    },

    submitQuestionnaire(preferences: Preferences): Promise<Preferences> {
      return ask(Preferences, 'api/onboarding', { method: 'post', json: { user_id: userId, ...preferences } })
    },

    changePreferences(preferences: Preferences): Promise<Preferences> {
      return ask(Preferences, 'api/user/preferences', { method: 'put', json: preferences })
    },

    /** The course's sites, unless they are still those of `etag`. */
    async listSites(etag: string | null): Promise<SitesAnswer> {
      const response = await request('api/sites', {
        headers: { ...(etag === null ? {} : { 'if-none-match': etag }) },
        throwHttpErrors: (status) => status !== 304,
      })
      if (response.status === 304) return { changed: false }
      const { sites } = await parse(SiteList, response)
      return { changed: true, sites, etag: response.headers.get('etag') }
    },

    /** Erases the learner's history and the rewrites that only they used; gives how many. */
    async clearCache(): Promise<number> {
      const { deleted_count } = await ask(CacheCleared, 'api/personalize/cache', { method: 'delete' })
      return deleted_count
    },

    /** The stored rewrites of a lesson, by hash alone: no text of it leaves the browser. */
    findRewrites(
      lessonHash: string,
      query: RewritesQuery,
      signal: AbortSignal,
    ): Promise<AsyncIterable<StreamEvent>> {
      return stream(`api/rewrites/${lessonHash}`, { searchParams: query, signal })
    },

    personalize(lesson: BlockLesson, signal: AbortSignal): Promise<AsyncIterable<StreamEvent>> {
      return stream('api/personalize', { method: 'post', json: lesson, signal })
    },
  }
}
