import { randomUUID } from 'node:crypto'
import type { Preferences } from '@lectern/shared'
import { expect } from 'vitest'

export const answers: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'basic',
  ai_ml_experience: 'none',
  learning_goals: ['teaching', 'hobby'],
  preferred_language: 'ur',
}

export type CallOptions = { learner?: string; body?: unknown }

/** Status and body of a call to the API at an address. */
export async function callApi(
  url: string,
  method: string,
  path: string,
  { learner, body }: CallOptions = {},
): Promise<[number, unknown]> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(learner !== undefined && { 'X-User-ID': learner }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return [response.status, await response.json()]
}

/** Makes a learner, with these preferences; gives the id. */
export async function newLearner(url: string, preferences?: Preferences): Promise<string> {
  const user_id = randomUUID()
  await callApi(url, 'POST', '/api/user/create', { body: { user_id } })
  if (preferences) await callApi(url, 'POST', '/api/onboarding', { body: { user_id, ...preferences } })
  return user_id
}

export const unknownUser = [404, expect.objectContaining({ error: 'user_not_found' })]

/** What a call is answered with that fails in this way. */
export const failed = (status: number, error: string, detail: string, message: RegExp = /\.$/) => [
  status,
  { error, detail, message: expect.stringMatching(message) },
]
