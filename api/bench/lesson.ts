import { createHash } from 'node:crypto'
import {
  type Block,
  type BlockLesson,
  cutSections,
  lessonHash,
  type Preferences,
  type Sha256,
  sectionHash,
} from '@lectern/shared'

export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex')

export const preferences: Preferences = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goals: ['hobby'],
  preferred_language: 'en',
}

export type BenchLesson = { body: BlockLesson; hash: string; bytes: number }

/**
 * A lesson of `sections` sections of some 1.1 KB each, as the extension uploads it. Lessons of another `topic` share
 * no section; `edited` sections have other words.
 */
export function makeLesson(topic: string, sections: number, edited: readonly number[] = []): BenchLesson {
  const blocks = Array.from({ length: sections }, (_, i): Block[] => {
    const words = `${topic} ${i}${edited.includes(i) ? ' edited' : ''}`
    return [
      { kind: 'heading', level: 2, text: `Part ${i + 1} of ${topic}` },
      ...[0, 1, 2].map((part): Block => ({ kind: 'paragraph', text: paragraph(`${words} ${part}`) })),
    ]
  }).flat()
  const lesson = { title: `A lesson on ${topic}`, language: 'en', blocks }
  const uploaded = cutSections(lesson).map((section) => ({
    hash: sectionHash(sha256, lesson, section),
    ...section,
  }))
  const body: BlockLesson = {
    lesson_slug: 'bench',
    url: 'https://example.org/bench',
    title: lesson.title,
    language: lesson.language,
    sections: uploaded,
  }
  const hashes = uploaded.map(({ hash }) => hash)
  return { body, hash: lessonHash(sha256, hashes), bytes: JSON.stringify(body).length }
}

/** A topic that no other lesson has. Without digits, which would be numbers that a rewrite must keep. */
export function freshTopic(about: string): string {
  return `${about} ${crypto.randomUUID().replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`
}

const words =
  'the a pendulum swings through its lowest point with energy that friction slowly takes away while we measure how each small change of length or mass alters what comes next and why that matters to anyone who builds clocks bridges or engines'.split(
    ' ',
  )

/** Sixty words that depend on the seed alone. */
function paragraph(seed: string): string {
  const digest = createHash('sha512').update(seed).digest()
  const chosen = Array.from({ length: 57 }, (_, i) => words[(digest[i] ?? 0) % words.length])
  // Hex digits would be numbers that a rewrite must keep: letters only.
  const mark = digest
    .subarray(0, 8)
    .toString('hex')
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
  return `On ${mark}: ${chosen.join(' ')}.`
}
