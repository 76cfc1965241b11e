import { ApiError } from '../api-client/api-error.ts'
import type { MessageAnswer, MessageBody } from '../messaging/messages.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { apiAt } from './api-of-learner.ts'

/** The course of a code, as the API at an address tells it. */
export async function findCourse({
  api_url,
  code,
}: MessageBody<'find-course'>): Promise<MessageAnswer<'find-course'>> {
  const learner = await learnerStore.get()
  try {
    return { ok: true, course: await apiAt(api_url, learner).getCourse(code) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { ok: false, failure: error.failure }
  }
}
