import { createHash, randomUUID } from 'node:crypto'
import {
  type Block,
  cutSections,
  lessonHash,
  type PersonalizedLesson,
  type Preferences,
  sectionHash,
} from '@lectern/shared'
import { createParser } from 'eventsource-parser'
import { expect } from 'vitest'
import { startStandInModel } from '../../../load/stand-in-model.ts'
import { openaiEngine } from '../../model/openai-engine.ts'
import type { PatienceLimits } from '../../model/patience.ts'
import type { Engine } from '../../rewriting/ports.ts'
import { startTestApi } from '../../test-api.ts'

export const preferences: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Asks for an event stream. */
export const stream = { accept: 'text/event-stream' }

/** Far longer than the stand-in takes for anything, on a busy machine too. */
const patience = { firstPiece: 30_000, nextPiece: 30_000, whole: 50_000 }

/** Where the stand-in is told to hang: each such test waits so long. */
export const shortPatience = { firstPiece: 2_000, nextPiece: 2_000, whole: 6_000 }

type ApiOptions = NonNullable<Parameters<typeof startTestApi>[0]>

export type LessonApi = Awaited<ReturnType<typeof startLessonApi>>

/** The real API over real PostgreSQL with the stand-in model, and what learners do with it over HTTP. */
export async function startLessonApi(
  changes: Partial<Engine> = {},
  options: ApiOptions = {},
  limits: PatienceLimits = patience,
) {
  const model = await startStandInModel()
  const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' }, limits)
  const api = await startTestApi({ engine: { ...engine, ...changes }, ...options })

  function send(
    method: string,
    path: string,
    user?: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal: AbortSignal | null = null,
  ): Promise<Response> {
    const answer = fetch(api.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(user && { 'x-user-id': user }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    })
    return handled(answer)
  }

  /** A learner who has answered the questions. */
  async function learner(change: Partial<Preferences> = {}): Promise<string> {
    const user_id = randomUUID()
    await send('POST', '/api/user/create', undefined, { user_id })
    await send('POST', '/api/onboarding', undefined, { user_id, ...preferences, ...change })
    return user_id
  }

  function personalize(user: string, body: object): Promise<PersonalizedLesson> {
    return handled(send('POST', '/api/personalize', user, body).then(lessonOf))
  }

  async function close(): Promise<void> {
    await api.close()
    await model.close()
  }

  return { api, model, send, learner, personalize, close }
}

/** A test that has failed waits for its requests no more: these must not fail the ones after it. */
export function handled<T>(request: Promise<T>): Promise<T> {
  request.catch(() => undefined)
  return request
}

async function lessonOf(response: Response): Promise<PersonalizedLesson> {
  expect(response.status).toBe(200)
  return (await response.json()) as PersonalizedLesson
}

/** A lesson of four sections that no other test has. */
export function lessonBlocks(topic: string = randomUUID()): Block[] {
  return ['One', 'Two', 'Three', 'Four'].flatMap((name): Block[] => [
    { kind: 'heading', level: 2, text: name },
    {
      kind: 'paragraph',
      text: `Section ${name} is about the topic ${topic.replaceAll(/\d/g, 'x')} and \`code\` in it.`,
    },
    { kind: 'code', text: 'for x in xs: pass', language: 'python' },
  ])
}

export function upload(blocks: Block[], title = 'A lesson') {
  const lesson = { title, language: 'en', blocks }
  const sections = cutSections(lesson).map(({ path, blocks: of }) => ({
    hash: sectionHash(sha256, lesson, { path, blocks: of }),
    path,
    blocks: of,
  }))
  return { lesson_slug: 'lesson', url: 'https://example.org/lesson', title, language: 'en', sections }
}

/** The hash of an uploaded lesson. */
export function hashOf({ sections }: { sections: readonly { hash: string }[] }): string {
  return lessonHash(
    sha256,
    sections.map(({ hash }) => hash),
  )
}

export async function events(
  response: Response,
): Promise<{ event: string | undefined; data: Record<string, unknown> }[]> {
  const all: { event: string | undefined; data: Record<string, unknown> }[] = []
  const parser = createParser({ onEvent: ({ event, data }) => all.push({ event, data: JSON.parse(data) }) })
  parser.feed(await response.text())
  return all
}

export function allCached({ sections }: PersonalizedLesson): boolean {
  return sections.every((section) => section.cached)
}
