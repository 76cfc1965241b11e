import { cleanLine, type Failure, parseInline, plainText, primaryLanguage } from '@lectern/shared'
import { failure } from '../failure.ts'
import { BlockReader } from './block-reader.ts'
import { withoutFrontMatter } from './front-matter.ts'
import type { MarkdownLesson } from './markdown-lesson.ts'
import { type ParsedMarkdown, parseMarkdown } from './parse-markdown.ts'
import { BudgetSpent } from './work-budget.ts'

const LONGEST_TITLE = 500

/**
 * Reads a lesson written in Markdown (CommonMark, GFM, TeX in `$`). Prose blocks are its headings, paragraphs, list
 * items, quotes, admonitions (GitHub's alerts, `:::`) and the cells that hold words, which follow their table; fixed
 * ones its code, formulas, tables, images and HTML. Front matter, comments and definitions are no blocks.
 *
 * Gives `lesson_too_large` for what no lesson looks like: more than 20,000 lines, lists and quotes nested past
 * column 120, thousands of marks in one paragraph.
 */
export function readMarkdown(
  source: string,
  given: { title?: string | undefined; language?: string | undefined } = {},
): MarkdownLesson | Failure {
  const text = withoutFrontMatter(source)
  const parsed = parse(text)
  if (parsed === undefined) return tooLarge()
  const reader = new BlockReader(text, parsed)
  reader.read(parsed.tree.children)
  const { blocks, places, top } = reader
  const title = cleanLine(given.title ?? firstHeading(reader))
    .slice(0, LONGEST_TITLE)
    .toWellFormed()
  return {
    lesson: { title, language: primaryLanguage(given.language ?? 'en'), blocks },
    source,
    places,
    top,
    lineEnd: /\r\n|\n/.exec(source)?.[0] === '\r\n' ? '\r\n' : '\n',
  }
}

function parse(source: string): ParsedMarkdown | undefined {
  try {
    return parseMarkdown(source)
  } catch (error) {
    if (error instanceof BudgetSpent) return undefined
    throw error
  }
}

function firstHeading({ blocks }: Pick<BlockReader, 'blocks'>): string {
  const heading = blocks.find((block) => block.kind === 'heading' && block.level === 1)
  return heading === undefined ? '' : plainText(parseInline(heading.text))
}

function tooLarge(): Failure {
  return failure(
    'lesson_too_large',
    'original_content has too many lines, too deep lists or quotes, or too many marks in one paragraph: send it in parts.',
    'original_content',
  )
}
