import type { Lesson } from '@lectern/shared'
import { prepareLesson } from '../../background/prepare-lesson.ts'
import { extractPage } from '../../extraction/extract-page.ts'
import { furnish } from './readers-furniture.ts'

/** A lesson with its hash, both as this browser computes them. */
export type HashedLesson = Lesson & { hash: string }

/** What the hash test does in a lesson's page. */
const hashPage = {
  read(url: string): HashedLesson {
    const page = extractPage(document, url)
    if (page.lesson === false) throw new Error(`${url}: ${page.reason}`)
    const { title, language } = page.lesson
    const lesson = { title, language, blocks: page.lesson.blocks.map(({ block }) => block) }
    const { hash } = prepareLesson(lesson)
    return { ...lesson, hash }
  },

  furnish(url: string): void {
    const page = extractPage(document, url)
    if (page.lesson !== false) furnish(page.lesson.root)
  },
}

declare global {
  var lecternHash: typeof hashPage
}

globalThis.lecternHash = hashPage
