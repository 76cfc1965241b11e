import { cutSections, isRewritable, parseInline, walkInline } from '@lectern/shared'
import { typesetTex } from '@lectern/shared/typesetting'
import { describe, expect, it } from 'vitest'
import { AnswerReader } from '../src/rewriting/answer-lines.ts'
import { demoLessons } from './lessons.ts'
import { readSamples } from './read-samples.ts'
import { rewriteSample } from './rewrite-sample.ts'
import { sampleReaders, writtenFor } from './sample-readers.ts'

const samples = await readSamples()

/** What a section's text says of each block, and how many additions it holds. */
function linesOf(answer: string) {
  const reader = new AnswerReader()
  const lines = [...reader.feed(answer), ...reader.end()]
  return {
    blocks: lines.flatMap((line) => (line.type === 'block' ? [line] : [])),
    additions: lines.filter((line) => line.type === 'addition').length,
  }
}

const statuses = { rewrite: 'rewritten', keep: 'kept', fold: 'folded' } as const

it('there is one of each lesson of the demo for each kind of reader', () => {
  expect(samples).toHaveLength(demoLessons.length * sampleReaders.length)
  const titles = new Set(samples.map(({ lesson }) => lesson.title))
  expect(titles).toEqual(new Set(demoLessons.map(({ title }) => title)))
})

describe.each(samples)('$name for the $reader reader', (sample) => {
  const { lesson, reader, answers } = sample
  const { language } = writtenFor(reader)

  it('has an answer for each block that is asked for, in order', () => {
    const asked = cutSections(lesson).map(({ blocks }) =>
      blocks.flatMap((block, i) => (isRewritable(block, lesson.language, language) ? [i + 1] : [])),
    )
    expect(answers.map((answer) => linesOf(answer).blocks.map(({ block }) => block))).toEqual(asked)
  })

  it('passes the checks of a rewrite as a whole, without a block restored or an addition refused', async () => {
    const rewritten = (await rewriteSample(sample)).map(({ rewrite }) => rewrite)
    expect(
      rewritten.map(({ blocks, additions, calls }) => ({
        blocks: blocks.map(({ block, status }) => [block, status]),
        additions: additions.length,
        calls,
      })),
    ).toEqual(
      answers.map(linesOf).map(({ blocks, additions }) => ({
        blocks: blocks.map(({ block, action }) => [block, statuses[action]]),
        additions,
        calls: 1,
      })),
    )
  })

  it('adds no formula that cannot be typeset', async () => {
    const additions = (await rewriteSample(sample)).flatMap(({ rewrite }) => rewrite.additions)
    const inlines = additions.flatMap(({ inline, answer = '' }) => [
      ...parseInline(inline),
      ...parseInline(answer),
    ])
    const formulas = [...walkInline(inlines)].flatMap((inline) =>
      inline.type === 'math' ? [inline.tex] : [],
    )
    expect(formulas.filter((tex) => typesetTex(tex) === undefined)).toEqual([])
  })
})
