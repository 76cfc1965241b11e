import {
  type Block,
  type BlockLesson,
  cleanLine,
  cleanLines,
  type Failure,
  isProse,
  primaryLanguage,
  type Section,
  type Sha256,
  sectionHash,
  type UploadedSection,
} from '@lectern/shared'
import { failure } from '../failure.ts'

export type UploadedLesson = {
  title: string
  language: string
  sections: { hash: string; section?: Section }[]
}

/**
 * Checks what was uploaded before it is trusted: every text is in its canonical form (one line, visible, NFC),
 * so that the prompt's form cannot be broken, and every hash is that of its blocks. The failure names the place.
 */
export function readUpload(sha256: Sha256, upload: Upload): UploadedLesson | Failure {
  const known = readBefore.get(upload)
  if (known !== undefined) return known
  const read = readAnew(sha256, upload)
  readBefore.set(upload, read)
  return read
}

type Upload = Pick<BlockLesson, 'title' | 'language' | 'sections'>

/** By the body itself: one that a class sends is one object while it is under way (see lesson-body.ts). */
const readBefore = new WeakMap<Upload, UploadedLesson | Failure>()

function readAnew(sha256: Sha256, { title, language, sections }: Upload): UploadedLesson | Failure {
  if (cleanLine(title) !== title) return notCanonical('title')
  const lesson = { title, language: primaryLanguage(language) }
  for (const [i, section] of sections.entries()) {
    const wrong = section.blocks === undefined ? undefined : unclean(section)
    if (wrong !== undefined) return notCanonical(`sections/${i}/${wrong}`)
    const blocks = sectionOf(section)
    if (blocks !== undefined && sectionHash(sha256, lesson, blocks) !== section.hash) return mismatch(i)
  }
  return {
    ...lesson,
    sections: sections.map((section) => {
      const blocks = sectionOf(section)
      return blocks === undefined ? { hash: section.hash } : { hash: section.hash, section: blocks }
    }),
  }
}

function sectionOf({ path = [], blocks }: UploadedSection): Section | undefined {
  return blocks === undefined ? undefined : { path, blocks }
}

function unclean({ path = [], blocks = [] }: UploadedSection): string | undefined {
  const heading = path.findIndex((words) => cleanLine(words) !== words)
  if (heading !== -1) return `path/${heading}`
  const block = blocks.findIndex((one) => !isCanonical(one))
  return block === -1 ? undefined : `blocks/${block}`
}

function isCanonical(block: Block): boolean {
  if (!isProse(block)) return cleanLines(block.text) === block.text && oneLine(block.language ?? '')
  return oneLine(block.text) && (block.atoms ?? []).every((atom) => oneLine(atom.text))
}

function oneLine(text: string): boolean {
  return cleanLine(text) === text
}

function notCanonical(field: string): Failure {
  const rule = 'is not in canonical form: send it as visible text, NFC, with single blanks, in one line.'
  return failure('validation_failed', `${field} ${rule}`, field)
}

function mismatch(section: number): Failure {
  return failure(
    'hash_mismatch',
    `The hash of sections/${section} is not that of its blocks. Cut and hash the lesson with the same format version as the API.`,
    `sections/${section}/hash`,
  )
}
