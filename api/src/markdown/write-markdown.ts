import { type Addition, type AdditionKind, type BlockRewrite, isProse } from '@lectern/shared'
import type { BlockGap, MarkdownLesson } from './markdown-lesson.ts'
import { lineEnd, lineStart } from './source-text.ts'
import { writeFold } from './write-fold.ts'
import { labelled, nothingToPutBack, readRewrite, writeWords } from './write-words.ts'

/** The words that additions begin with, as on screen. */
const LABELS: Record<AdditionKind, string> = {
  analogy: 'Analogy:',
  example: 'Example:',
  background: 'Background:',
  check: 'Check yourself:',
  summary: 'In short:',
}

/** What became of a lesson: `block` and `after` are indexes of its blocks, from 0; what is not named is kept. */
export type LessonRewrite = {
  blocks: readonly BlockRewrite[]
  /** `after` -1: before the first block. */
  additions: readonly Addition[]
}

type Edit = { start: number; end: number; text: string }

/**
 * The lesson as Markdown with a rewrite in it. Kept and restored blocks are the source's own bytes, and so is
 * everything between blocks. A rewritten block is one line in the place of its words. A folded one is led by a quote
 * (see `writeFold`); a heading, a cell, a task and a footnote stay as they are. An addition is a quote after its
 * block: within a list item, with its indentation; after the whole of a quote or footnote, since it is not of whom
 * they quote; after a table for its cells.
 */
export function writeMarkdown(lesson: MarkdownLesson, rewrite: LessonRewrite): string {
  const edits = [...additionEdits(lesson, rewrite.additions), ...blockEdits(lesson, rewrite.blocks)]
  edits.sort((a, b) => a.start - b.start || a.end - b.end)
  let written = ''
  let at = 0
  for (const { start, end, text } of edits) {
    written += lesson.source.slice(at, start) + text
    at = end
  }
  return written + lesson.source.slice(at)
}

function blockEdits(lesson: MarkdownLesson, blocks: LessonRewrite['blocks']): Edit[] {
  const rewrites = new Map(blocks.map((rewrite) => [rewrite.block, rewrite]))
  return lesson.places.flatMap((place, index) => {
    const block = lesson.lesson.blocks[index]
    const rewrite = rewrites.get(index)
    if (block === undefined || rewrite === undefined || !isProse(block)) return []
    const { start, end } = place
    if (rewrite.status === 'folded') {
      const text = writeFold(lesson, place, block, lesson.source.slice(start, end))
      return text === undefined ? [] : [{ start, end, text }]
    }
    const words = rewrite.status === 'rewritten' ? readRewrite(rewrite.inline ?? '', place.putBack) : []
    if (words.length === 0) return []
    const written = writeWords(words, place.putBack, place.context)
    return [{ start, end, text: written.replaceAll('\n', lesson.lineEnd + place.indent) }]
  })
}

function additionEdits(lesson: MarkdownLesson, additions: readonly Addition[]): Edit[] {
  const byGap = new Map<string, { gap: BlockGap; quotes: string[] }>()
  for (const addition of additions) {
    const gap = addition.after === -1 ? lesson.top : lesson.places[addition.after]?.after
    if (gap === undefined || lesson.places.length === 0) continue
    const key = `${gap.before} ${gap.at}`
    const group = byGap.get(key) ?? { gap, quotes: [] }
    group.quotes.push(writeAddition(addition, group.gap.indent, lesson.lineEnd))
    byGap.set(key, group)
  }
  return [...byGap.values()].map(({ gap, quotes }) => insertion(lesson, gap, quotes))
}

function writeAddition({ kind, inline, answer }: Addition, indent: string, newLine: string): string {
  const paragraphs = [paragraph(LABELS[kind], inline)]
  if (answer !== undefined) paragraphs.push(paragraph('Answer:', answer))
  return paragraphs.map((words) => `${indent}> ${words}`).join(`${newLine}${indent}>${newLine}`)
}

function paragraph(label: string, inline: string): string {
  const words = labelled(label, readRewrite(inline, nothingToPutBack))
  return writeWords(words, nothingToPutBack, 'paragraph')
}

/** Quotes on lines of their own, with a blank line on both sides: without it they would run into their neighbours. */
function insertion(lesson: MarkdownLesson, gap: BlockGap, quotes: readonly string[]): Edit {
  const { source, lineEnd: newLine } = lesson
  const { at, before } = gap
  const blank = gap.indent.trimEnd() + newLine
  if (before) {
    const first = isBlankLine(source, previousLine(source, at)) ? '' : newLine
    return { start: at, end: at, text: first + quotes.map((quote) => quote + newLine + blank).join('') }
  }
  const last = isBlankLine(source, nextLine(source, at)) ? '' : newLine + gap.indent.trimEnd()
  return { start: at, end: at, text: quotes.map((quote) => newLine + blank + quote).join('') + last }
}

function previousLine(source: string, at: number): number {
  return source.startsWith('\r\n', at - 2) ? at - 2 : at - 1
}

function nextLine(source: string, at: number): number {
  return source.startsWith('\r\n', at) ? at + 2 : at + 1
}

/** Whether the line of an offset holds nothing; so does what is past either end. */
function isBlankLine(source: string, at: number): boolean {
  if (at < 0 || at > source.length) return true
  return source.slice(lineStart(source, at), lineEnd(source, at)).trim() === ''
}
