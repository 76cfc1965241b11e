import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Block, Lesson, Profile } from '@lectern/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnswerEnd, type Engine, EngineError } from '../src/rewriting/ports.ts'
import { type EvaluatedLesson, evaluateLesson } from './evaluate-lesson.ts'
import { gradesByEducation } from './grades-by-education.ts'
import { measureSection } from './measure-section.ts'
import { readingGrade } from './readability.ts'
import { type EvaluationReader, evaluationReaders } from './readers.ts'
import { reportPage } from './report-page.ts'

const program = join(import.meta.dirname, 'evaluate.ts')

function evaluate(...args: string[]) {
  return promisify(execFile)(process.execPath, [program, ...args])
}

describe('pnpm evaluate', () => {
  let folder: string
  let output: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-evaluation-'))
    const { stdout } = await evaluate('--stand-in', '--readers', 'beginner,urdu', '--out', folder)
    output = stdout
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true }))

  it('prints a line for each lesson and reader, and the readability by education level', () => {
    const [figures = '', grades = ''] = output.trimEnd().split('\n\n')
    expect(figures.split('\n')).toHaveLength(1 + 4 * 2)
    expect(figures.split('\n')[0]?.split(/ {2,}/)).toEqual([
      ...['lesson', 'reader', 'language', 'rewritten', 'kept', 'folded', 'restored', 'failed', 'atoms'],
      ...['numbers', 'grade', 'length', 'additions', 'tokens', 'first block', 'all'],
    ])
    expect(grades).toMatch(/^education +lessons +before +after\nundergraduate +4 +\d+\.\d +\d+\.\d$/)
  })

  it('finds every atom and number of rewritten blocks, and counts what the model cost', async () => {
    const all = JSON.parse(await readFile(join(folder, 'evaluation.json'), 'utf8')) as EvaluatedLesson[]
    for (const { measures, failed, tokens, calls, sections, time } of all) {
      expect(failed).toBe(0)
      expect(measures.blocks.rewritten).toBeGreaterThan(5)
      expect(measures.atoms.kept).toBe(measures.atoms.all)
      expect(measures.language.kept).toBe(measures.blocks.rewritten)
      expect(measures.numbers.kept).toBe(measures.numbers.all)
      expect(calls).toBeGreaterThanOrEqual(sections.length)
      expect(tokens.in).toBeGreaterThan(tokens.out)
      expect(time.firstBlock).toBeLessThanOrEqual(time.all)
    }
    expect(all.filter(({ grade }) => grade.after !== undefined).map(({ reader }) => reader.name)).toContain(
      'beginner',
    )
    expect(
      all.filter(({ reader }) => reader.name === 'urdu').every(({ grade }) => grade.after === undefined),
    ).toBe(true)
  })

  it('writes a page with both texts, with marks and without anything that runs or loads', async () => {
    const page = await readFile(join(folder, 'evaluation.html'), 'utf8')
    expect(page).toContain('<ins>')
    expect(page).toContain('dir="rtl"')
    expect(page).not.toMatch(/<script|<img|<link|https?:\/\//)
  })

  it('says what is wrong with its arguments', async () => {
    await expect(evaluate('--readers', 'nobody')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no "nobody"'),
    })
  }, 30_000)
})

describe('an evaluated lesson', () => {
  const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
  const heading = (text: string): Block => ({ kind: 'heading', level: 2, text })
  const lesson: Lesson = {
    title: 'Loops & lists',
    language: 'en',
    blocks: [
      heading('One'),
      paragraph('A loop runs 3 times over a list, in 2nd place too.'),
      heading('Two'),
      paragraph('It ends at the end of the list.'),
      heading('Three'),
      paragraph('Run `ls` to list what there is.'),
    ],
  }
  const spent = { prompt_tokens: 100, completion_tokens: 7 }
  /** Rewrites the first section, has no answer for the second, and nothing that fits a block of the third. */
  const engine: Engine = {
    model: 'm',
    version: 'v',
    async *answer({ section, only }): AsyncGenerator<string, AnswerEnd> {
      const [{ text }] = section.blocks as [Block]
      if (text === 'Two') throw new EngineError('upstream_failed', 'It <broke>.', { spent })
      const line =
        text === 'One' ? '@2 A loop goes $3$ times over a list, in second place too.' : '@2 Run it.'
      yield only === undefined ? `@1 =\n${line}\n` : line
      return { reason: 'stop', ...spent }
    },
  }
  const [reader] = evaluationReaders as [EvaluationReader]

  it('counts what failed with its cost, and finds a number wherever it stands', async () => {
    const evaluated = await evaluateLesson(engine, lesson, reader, new AbortController().signal)
    expect(evaluated).toMatchObject({
      failed: 1,
      measures: { blocks: { rewritten: 1, kept: 2, restored: 1 }, numbers: { kept: 1, all: 1 } },
      // The third section was asked again for its block.
      tokens: { in: 400, out: 28 },
      calls: 3,
    })
    const page = reportPage([evaluated])
    expect(page).toContain('Not rewritten: It &#60;broke&#62;.')
    expect(page).toContain('1 of 3 sections')
    expect(page.match(/class="pair failed /g)).toHaveLength(2)
    expect(page).toContain('Loops &#38; lists')
  })
})

it('says for each education level whether readability follows it', () => {
  const of = (education_level: Profile['education_level'], before: number, after: number) =>
    ({ reader: { profile: { education_level } }, grade: { before, after } }) as EvaluatedLesson
  const ungraded = { reader: { profile: { education_level: 'graduate' } }, grade: {} } as EvaluatedLesson
  const evaluated = [of('professional', 8, 12), of('high_school', 8, 5), of('high_school', 10, 6), ungraded]
  expect(gradesByEducation(evaluated)).toEqual([
    { education: 'high school', lessons: '2', before: '9.0', after: '5.5' },
    { education: 'professional', lessons: '1', before: '8.0', after: '12.0' },
  ])
})

it('counts a restored block as restored and nothing else', () => {
  const section = {
    path: [],
    blocks: [
      { kind: 'paragraph' as const, text: 'Run `ls` 3 times.' },
      { kind: 'paragraph' as const, text: 'Then `cd` 4 times.' },
    ],
  }
  const blocks = [
    { block: 1, status: 'rewritten' as const, inline: 'Now run it 3 times.' },
    { block: 2, status: 'restored' as const },
  ]
  const measured = measureSection(section, { blocks }, 'en')
  expect(measured).toMatchObject({
    blocks: { rewritten: 1, restored: 1, kept: 0, folded: 0 },
    language: { kept: 1, all: 1 },
    atoms: { kept: 0, all: 1 },
    numbers: { kept: 1, all: 1 },
  })
})

it('grades English by the length of its words and sentences', () => {
  const easy =
    'The cat sat on the mat. The dog ran to the door. It was a good day. We all went home and had some tea.'
  const hard =
    'Epistemological considerations notwithstanding, contemporary interpretations of computational irreducibility necessitate a fundamentally different characterization of scientific explanation, particularly regarding deterministic systems whose macroscopic regularities nevertheless resist abbreviated description.'
  expect(readingGrade([easy, easy])).toBeLessThan(3)
  expect(readingGrade([hard, hard])).toBeGreaterThan(20)
  expect(readingGrade(['Too short.'])).toBeUndefined()
})
