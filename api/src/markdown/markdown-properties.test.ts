import { type Addition, additionKinds, isProse, parseInline } from '@lectern/shared'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { isFailure } from '../failure.ts'
import { firstSentence } from './first-sentence.ts'
import type { MarkdownLesson } from './markdown-lesson.ts'
import { readMarkdown } from './read-markdown.ts'
import { outlineOf } from './testing/markdown-outline.ts'
import { anyMarkdown, hostileInline, spacedMarkdown } from './testing/markdown-samples.ts'
import { writeMarkdown } from './write-markdown.ts'

vi.setConfig({ testTimeout: 120_000 })

const hostileInlines = fc.array(hostileInline, { minLength: 1, maxLength: 4 })

function read(source: string): MarkdownLesson {
  const lesson = readMarkdown(source)
  if (isFailure(lesson)) throw new Error(lesson.message)
  return lesson
}

function targets({ places }: MarkdownLesson): string[][] {
  return places.map(({ putBack }) =>
    putBack.links.map((link) => ('url' in link ? link.url : link.identifier)),
  )
}

function shown({ lesson }: MarkdownLesson): string[] {
  return lesson.blocks.map((block) => `${block.kind} ${block.text}`)
}

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T
}

it('is byte-identical with everything kept', () => {
  fc.assert(
    fc.property(anyMarkdown, (source) => {
      const lesson = read(source)
      const blocks = lesson.places.map((_, block) => ({ block, status: 'kept' }) as const)
      expect(writeMarkdown(lesson, { blocks, additions: [] })).toBe(source)
    }),
    { numRuns: 200 },
  )
})

it('reads a lesson again as it was with each block rewritten by its own words', () => {
  fc.assert(
    fc.property(anyMarkdown, (source) => {
      const lesson = read(source)
      const blocks = lesson.lesson.blocks.map(
        ({ text }, block) => ({ block, status: 'rewritten', inline: text }) as const,
      )
      const again = read(writeMarkdown(lesson, { blocks, additions: [] }))
      expect(again.lesson).toEqual(lesson.lesson)
      expect(targets(again)).toEqual(targets(lesson))
    }),
    { numRuns: 300 },
  )
})

it('changes no block and adds no link, image, note or tag, whatever the words are', () => {
  fc.assert(
    fc.property(anyMarkdown, hostileInlines, (source, inlines) => {
      const lesson = read(source)
      const blocks = lesson.places.map(
        (_, block) => ({ block, status: 'rewritten', inline: pick(inlines, block) }) as const,
      )
      const before = outlineOf(source)
      const after = outlineOf(writeMarkdown(lesson, { blocks, additions: [] }))
      expect(after.blocks).toBe(before.blocks)
      expect(after.pointers.filter((pointer) => !before.pointers.includes(pointer))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('adds quotes and nothing else, whatever their words are', () => {
  fc.assert(
    fc.property(spacedMarkdown, hostileInlines, (source, inlines) => {
      const lesson = read(source)
      const additions = lesson.places.map((_, index): Addition => {
        const kind = pick(additionKinds, index)
        const answer = kind === 'check' ? { answer: pick(inlines, index + 1) } : {}
        return { after: index - 1, kind, inline: pick(inlines, index), ...answer }
      })
      const written = writeMarkdown(lesson, { blocks: [], additions })
      const again = shown(read(written))
      const labels = /^quote \*\*(Analogy|Example|Background|Check yourself|In short|Answer):\*\*/
      expect(again.filter((block) => !labels.test(block))).toEqual(shown(lesson))
      expect(again.filter((block) => labels.test(block) && !block.startsWith('quote **Answer'))).toHaveLength(
        additions.length,
      )
      const { pointers } = outlineOf(source)
      expect(outlineOf(written).pointers).toEqual(pointers)
    }),
    { numRuns: 200 },
  )
})

it('folds every block that a quote can lead', () => {
  fc.assert(
    fc.property(spacedMarkdown, (source) => {
      const lesson = read(source)
      const blocks = lesson.places.map((_, block) => ({ block, status: 'folded' }) as const)
      const expected = lesson.lesson.blocks.flatMap((block, index) => {
        // Where an item's paragraph is the fold alone, the next one is its first.
        const own = block.kind === 'paragraph' ? block.text : `${block.kind} ${block.text}`
        if (!isProse(block) || lesson.places[index]?.fold === 'never') return [own]
        if (firstSentence(parseInline(block.text), 'en').isAll)
          return [`quote **You know this:** ${block.text}`]
        return ['quote **You know this:**', own]
      })
      const again = shown(read(writeMarkdown(lesson, { blocks, additions: [] })))
      expect(again).toHaveLength(expected.length)
      for (const [index, block] of again.entries()) expect(block).toContain(expected[index])
    }),
    { numRuns: 200 },
  )
})
