import ky, { type Options, type ResponsePromise } from 'ky'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { apiErrorOf, unreadable } from './api-error.ts'

/** Milliseconds for a plain answer, and for the first word of a streamed one. */
export const timeouts = { answer: 15_000, stream: 30_000 } as const

/** Calls to Lectern's API at an address. Each rejects with an ApiError; an aborted signal rejects with its reason. */
export function createApiHttp(apiUrl: string, headers: Record<string, string> = {}) {
  const http = ky.create({
    prefix: apiUrl,
    headers,
    timeout: timeouts.answer,
    // A retry is a person's: they see a sentence and a button.
    retry: 0,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  })

  /** A call that says nothing of the learner. */
  async function request(path: string, options: Options): Promise<Response> {
    try {
      return await (http(path, options) as ResponsePromise)
    } catch (error) {
      options.signal?.throwIfAborted()
      throw apiErrorOf(error, apiUrl)
    }
  }

  /** An answer's body, by its schema. */
  async function parse<S extends TSchema>(schema: S, response: Response): Promise<Static<S>> {
    const answer: unknown = await response.json().catch(() => undefined)
    if (!Value.Check(schema, answer)) throw unreadable(apiUrl, `a malformed answer of ${response.url}`)
    return answer
  }

  return { request, parse }
}
