import { parseInline, plainText } from '@lectern/shared'
import { type ExtractOptions, extractLesson } from './extract-lesson.ts'
import { type ExtractedLesson, type ExtractedProse, isExtractedProse } from './extracted-lesson.ts'

/** A document made of markup, as a browser parses it; for tests. */
export function fixtureDocument(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}

/** The lesson that the body of a document is. */
export function fixtureLesson(html: string, options?: ExtractOptions): ExtractedLesson {
  return extractLesson(fixtureDocument(html).body, options)
}

/** Each block of a lesson in one line: `kind: text`, a heading with its level, code with its language. */
export function blockLines(html: string, options?: ExtractOptions): string[] {
  return fixtureLesson(html, options).blocks.map(({ block }) => {
    const level = 'level' in block ? block.level : ''
    const language = 'language' in block && block.language !== undefined ? ` (${block.language})` : ''
    return `${block.kind}${level}${language}: ${block.text}`
  })
}

/** The only prose block of a lesson. */
export function onlyProse(html: string): ExtractedProse {
  const prose = fixtureLesson(html).blocks.filter(isExtractedProse)
  const [only] = prose
  if (only === undefined || prose.length > 1) throw new Error(`${prose.length} prose blocks`)
  return only
}

/** The words of each prose block. */
export function proseWords(html: string): string[] {
  return fixtureLesson(html)
    .blocks.filter(isExtractedProse)
    .map(({ block }) => plainText(parseInline(block.text)))
}
