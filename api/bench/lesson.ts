import { createHash } from 'node:crypto'
import type { Preferences, Sha256 } from '@lectern/shared'
import { type ComposedLesson, composeLesson } from '../load/scenarios/compose-lesson.ts'

export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex')

export const preferences: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}

export type BenchLesson = Pick<ComposedLesson, 'body' | 'hash' | 'bytes'>

/**
 * A lesson of `sections` sections of some 1.1 KB each, as the extension uploads it. Lessons of another `topic` share
 * no section; `edited` sections have other words.
 */
export function makeLesson(topic: string, sections: number, edited: readonly number[] = []): BenchLesson {
  return composeLesson(sha256, { topic, sections, edited, plain: true })
}

/** A topic that no other lesson has. Without digits, which would be numbers that a rewrite must keep. */
export function freshTopic(about: string): string {
  return `${about} ${crypto.randomUUID().replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`
}
