import { readFileSync } from 'node:fs'
import { lessonLimits } from '@lectern/shared'
import { processorTime } from '@lectern/shared/testing'
import { describe, expect, it, vi } from 'vitest'
import { isFailure } from '../failure.ts'
import { readMarkdown } from './read-markdown.ts'
import { writeMarkdown } from './write-markdown.ts'

// How long a busy machine takes says nothing; processor time is what is bounded here.
vi.setConfig({ testTimeout: 120_000 })

const size = lessonLimits.markdown

function filled(part: string): string {
  return part.repeat(Math.ceil(size / part.length)).slice(0, size)
}

describe('the largest lesson', () => {
  const lessons = ['python-loops', 'derivatives'].map((name) =>
    filled(`${readFileSync(new URL(`fixtures/${name}.md`, import.meta.url), 'utf8')}\n\n`),
  )

  it.each(lessons)('is read in about a second', (source) => {
    let written = ''
    const time = processorTime(() => {
      const lesson = readMarkdown(source)
      if (isFailure(lesson)) throw new Error(lesson.message)
      const blocks = lesson.lesson.blocks.map(
        ({ text }, block) => ({ block, status: 'rewritten', inline: text }) as const,
      )
      written = writeMarkdown(lesson, { blocks, additions: [] })
    })
    expect(written.length).toBeGreaterThan(size * 0.9)
    expect(time).toBeLessThan(5000)
  })
})

describe('what no lesson looks like', () => {
  it.each([
    '>',
    '- ',
    '[^a]: ',
    ']',
    'a <?',
    '*a_ ',
    '$a ',
    '- aaaaaaaaaaaaaaa\n',
    '> a\n\n',
    'a\n=\n',
    '|',
    '- - - - - - - - - - - - - - a\n',
    'a@b.c ',
    'aaaaaaaaa|bbbbbbbbb\n',
    '\r',
    '<div>',
    '\0',
  ])('is refused or read in bounded time: %j', (part) => {
    let read: unknown
    expect(processorTime(() => (read = readMarkdown(filled(part))))).toBeLessThan(6000)
    if (isFailure(read)) expect(read).toMatchObject({ error: 'lesson_too_large', detail: 'original_content' })
  })

  it('is refused with a reason, not with an overflow of the stack', () => {
    expect(readMarkdown(`${'>'.repeat(10_000)} a`)).toMatchObject({ error: 'lesson_too_large' })
    expect(readMarkdown(`${'- '.repeat(10_000)}a`)).toMatchObject({ error: 'lesson_too_large' })
  })
})

it('reads nesting and marks that a lesson may have', () => {
  const deep = Array.from({ length: 20 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')
  expect(isFailure(readMarkdown(deep))).toBe(false)
  expect(isFailure(readMarkdown('*a* `b` [c](d) $e$ '.repeat(500)))).toBe(false)
  expect(isFailure(readMarkdown(`\`\`\`\n${'>'.repeat(10_000)}\n${']'.repeat(50_000)}\n\`\`\``))).toBe(false)
})
