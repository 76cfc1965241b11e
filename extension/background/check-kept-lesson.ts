import type { RewritesQuery } from '@lectern/shared'
import { ApiError } from '../api-client/api-error.ts'
import { forgetKeptLesson, type KeptLesson, keepLesson } from '../storage/kept-lessons.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { apiOf } from './api-of-learner.ts'
import { keepAwake } from './keep-awake.ts'
import { slugOf } from './prepare-lesson.ts'

type Check = { key: string; kept: KeptLesson; hash: string; query: RewritesQuery; url: string }

/**
 * Asks the API by hash whether a kept rewrite is still its own, and keeps what it has in its place: the learner
 * reads on, and finds it at the next look. An API that is away, or has other things to do, is asked another time.
 */
export async function checkKeptLesson(check: Check): Promise<void> {
  const rest = keepAwake()
  try {
    await keepNewest(check)
  } catch (error) {
    if (!(error instanceof ApiError)) console.error(error)
  } finally {
    rest()
  }
}

async function keepNewest({ key, kept: { etag, title }, hash, query, url }: Check): Promise<void> {
  const lesson = { title, slug: slugOf(url), origin: new URL(url).origin }
  const api = await apiOf(await learnerStore.get(), { lesson })
  try {
    const answer = await api.checkRewrites(hash, query, etag)
    if (answer.changed) await keepLesson(key, { lesson: answer.value, etag: answer.etag, title })
  } catch (error) {
    // Retired or purged on the server, or its site shut out: no more to be shown from here.
    if (isGone(error)) await forgetKeptLesson(key)
    throw error
  }
}

const gone = ['lesson_not_stored', 'site_denied', 'site_not_listed']

function isGone(error: unknown): boolean {
  return error instanceof ApiError && gone.includes(error.failure.error)
}
