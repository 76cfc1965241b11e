import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EvaluatedLesson } from './evaluate-lesson.ts'
import { measureSection } from './measure-section.ts'
import { readingGrade } from './readability.ts'

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

  it('prints a line for each lesson and reader', () => {
    expect(output.trimEnd().split('\n')).toHaveLength(1 + 4 * 2)
    expect(output).toMatch(/^lesson +reader +language +rewritten +kept +folded +restored/)
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
