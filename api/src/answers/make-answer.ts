import { hash } from 'node:crypto'
import { addReceipts, type Site } from '@lectern/shared'
import type { StoredAnswer } from '../rewriting/personalize.ts'
import type { StoredRewrite } from '../rewriting/ports.ts'
import { provenanceOf, storedEvents } from '../rewriting/section-events.ts'
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
      ? lessonText(reading.lesson, rewrites)
      : Array.from(storedEvents(rewrites), eventText).join('')
  const sections = rewrites.map(({ key }) => ownText(key.section))
  return { format, body: Buffer.from(text), etag: tagOf(reading.lesson, rewrites), sections, sites, reading }
}

/** The same text without the longer one that it was cut from: V8 keeps all of that, here 26 KB, as long as a part. */
function ownText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

/** Names what the answer says by what it is made of, which is a tenth of the work of hashing its bytes. */
function tagOf(lesson: string, rewrites: readonly StoredRewrite[]): string {
  const made = rewrites.map(({ key, generated_at }) => `${key.profile} ${generated_at.getTime()}`)
  const [first] = rewrites
  return `W/"${hash('sha256', `${lesson} ${first?.key.version} ${made.join(' ')}`, 'base64url')}"`
}

/** A PersonalizedLesson as JSON, with what is JSON already left as it is, put together once: it is some 20 KB. */
function lessonText(lesson: string, rewrites: readonly StoredRewrite[]): string {
  const parts = [`{"lesson_hash":"${lesson}","sections":[`]
  for (const [i, rewrite] of rewrites.entries()) {
    const { json, key, blocks, additions, receipt } = rewrite
    const made = JSON.stringify(provenanceOf(rewrite, true)).slice(1, -1)
    const words = json ?? JSON.stringify({ blocks, additions, receipt }).slice(1, -1)
    parts.push(`${i === 0 ? '' : ','}{"section":${i + 1},"hash":"${key.section}",${made},`, words, '}')
  }
  parts.push('],"receipt":', JSON.stringify(addReceipts(rewrites.map(({ receipt }) => receipt))), '}')
  return parts.join('')
}
