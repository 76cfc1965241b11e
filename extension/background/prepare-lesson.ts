import {
  type Block,
  type BlockLesson,
  cutSections,
  type Failure,
  isRewritable,
  type Lesson,
  lessonHash,
  lessonLimits,
  type Section,
  sectionHash,
  sectionStarts,
  shortLine,
} from '@lectern/shared'
import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ReadLesson } from '../messaging/lesson-protocol.ts'
import type { LedgerLesson } from '../storage/ledger.ts'

/** A section as it is asked for, with the index of its first block in the lesson. */
export type PreparedSection = Section & { hash: string; start: number }

/** A lesson cut and hashed, as the API is asked for it. */
export type PreparedLesson = {
  lesson: Lesson
  hash: string
  sections: PreparedSection[]
}

const longestSlug = 300

const sha256 = (text: string) => bytesToHex(sha256Bytes(utf8ToBytes(text)))

/** Cuts a lesson into sections and hashes them, just as the API does. */
export function prepareLesson({ title, language, blocks }: ReadLesson): PreparedLesson {
  const lesson = { title: shortLine(title, lessonLimits.title), language, blocks }
  const cut = cutSections(lesson)
  const starts = sectionStarts(cut)
  const sections = cut.map((section, i) => ({
    ...section,
    hash: sectionHash(sha256, lesson, section),
    start: starts[i] ?? 0,
  }))
  const hash = lessonHash(
    sha256,
    sections.map((section) => section.hash),
  )
  return { lesson, hash, sections }
}

/** Why a lesson cannot be rewritten at all, if so. */
export function refusalOf(prepared: PreparedLesson, language: string): Failure | undefined {
  if (rewritableBlocks(prepared.lesson, language).length === 0)
    return { error: 'lesson_empty', message: 'This page has no text to rewrite. Original shows all of it.' }
  if (prepared.sections.length > lessonLimits.sections)
    return {
      error: 'lesson_too_large',
      message: 'This page is too long to be one lesson. Open a single chapter of it and try there.',
    }
  return undefined
}

/** The blocks that a rewrite into this language answers. */
export function rewritableBlocks(lesson: Lesson, language: string): Block[] {
  return lesson.blocks.filter((block) => isRewritable(block, lesson.language, language))
}

/** A block's place in its section, both counted from 1; nothing for an index that the lesson does not have. */
export function placeOf(
  { sections }: PreparedLesson,
  index: number,
): { section: number; block: number } | undefined {
  const at = sections.findLastIndex(({ start }) => start <= index)
  const { start = 0, blocks = [] } = sections[at] ?? {}
  return index - start < blocks.length ? { section: at + 1, block: index - start + 1 } : undefined
}

/** Which rewrite of the lesson is asked for, and what of its page goes along; `looking_at` is a block's index. */
export type LessonPage = Pick<BlockLesson, 'adjustment' | 'variant' | 'looking_at' | 'subject_background'> & {
  url: string
}

/**
 * The lesson as uploaded: the text of the sections whose hashes are `missing`, of all where none is named; of the
 * others the hash alone. Of the page's address, only what tells which lesson it is.
 */
export function uploadOf(prepared: PreparedLesson, page: LessonPage, missing: string[] = []): BlockLesson {
  const { lesson, sections } = prepared
  const { url, looking_at, ...version } = page
  const { origin, pathname } = new URL(url)
  const place = looking_at === undefined ? undefined : placeOf(prepared, looking_at)
  const wanted = new Set(missing)
  return {
    lesson_slug: slugOf(url),
    url: origin + pathname,
    title: lesson.title,
    language: lesson.language,
    ...version,
    ...(place === undefined ? {} : { looking_at: place.section }),
    sections: sections.map(({ hash, path, blocks }) =>
      wanted.size === 0 || wanted.has(hash) ? { hash, path, blocks } : { hash },
    ),
  }
}

/** What names the lesson of a page in histories: its path. */
export function slugOf(url: string): string {
  const slug = new URL(url).pathname.replace(/^\/+|\/+$/g, '').replace(/\.html?$/, '')
  return slug.slice(-longestSlug) || 'index'
}

/** What the ledger says of a lesson that is sent. */
export function ledgerLessonOf({ lesson }: PreparedLesson, url: string): LedgerLesson {
  return { title: lesson.title, slug: slugOf(url), origin: new URL(url).origin }
}
