import { hash } from 'node:crypto'
import type { Site } from '@lectern/shared'
import type { StoredAnswer } from '../rewriting/personalize.ts'
import { storedEvents, storedLesson } from '../rewriting/section-events.ts'
import { eventText } from './event-text.ts'
import type { AnswerFormat, ReadyAnswer } from './ready-answers.ts'

/** Makes the answer of a lesson whose sections are all stored, as it is sent. */
export function makeAnswer(
  { rewrites, reading }: StoredAnswer,
  format: AnswerFormat,
  sites: readonly Site[],
): ReadyAnswer {
  const text =
    format === 'json'
      ? JSON.stringify(storedLesson(reading.lesson, rewrites))
      : Array.from(storedEvents(rewrites), eventText).join('')
  const body = Buffer.from(text)
  return { format, body, etag: tagOf(body), sections: rewrites.map(({ key }) => key.section), sites, reading }
}

/** The strong entity tag of a body. */
export function tagOf(body: string | Buffer): string {
  return `"${hash('sha256', body, 'base64url')}"`
}
