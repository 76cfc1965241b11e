import type { Block } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { FoldLimit, mayFold } from './fold-limit.ts'
import type { RewriteTask } from './ports.ts'

const paragraph = (count: number): Block => ({ kind: 'paragraph', text: `${'word '.repeat(count - 1)}end.` })
type Background = RewriteTask['profile']['subject_background']

const taskFor = (
  blocks: Block[],
  subject_background: Background,
  adjustment: RewriteTask['adjustment'] = 0,
) => ({
  section: { path: [], blocks },
  profile: { education_level: 'graduate', subject_background, language: 'en' } as const,
  adjustment,
})

/** The blocks that may be folded when all are asked for. */
function folded(
  blocks: Block[],
  background: Background,
  adjustment: RewriteTask['adjustment'] = 0,
): number[] {
  const limit = new FoldLimit(taskFor(blocks, background, adjustment))
  return blocks.map((_, i) => i + 1).filter((block) => limit.take(block))
}

describe('folds', () => {
  const long = [paragraph(50), paragraph(50), paragraph(50), paragraph(50)]
  it.each<[Background, RewriteTask['adjustment'], number]>([
    ['none', 0, 0],
    ['none', 1, 0],
    ['basic', 0, 0],
    ['basic', 1, 2],
    ['intermediate', -1, 0],
    ['intermediate', 0, 2],
    ['intermediate', 1, 3],
    ['advanced', 0, 3],
    ['advanced', 1, 3],
    ['advanced', -1, 2],
  ])(
    'for a reader with background %s, adjusted by %i: %i of 4 equal blocks',
    (background, adjustment, most) => {
      expect(folded(long, background, adjustment)).toHaveLength(most)
      expect(mayFold(taskFor(long, background, adjustment))).toBe(most > 0)
    },
  )

  it('may hold all of a section that is a few sentences', () => {
    expect(folded([{ kind: 'heading', level: 2, text: 'Loops' }, paragraph(36)], 'intermediate')).toEqual([2])
  })

  it('never hold what leads into the next block, a heading, a caption or a cell', () => {
    const blocks: Block[] = [
      { kind: 'heading', level: 2, text: 'Loops' },
      { kind: 'paragraph', text: 'For example:' },
      { kind: 'list_item', text: 'It says this.' },
      { kind: 'paragraph', text: 'We get the equation' },
      { kind: 'math', text: 'x = 1' },
      { kind: 'paragraph', text: 'This function does it.' },
      { kind: 'code', text: 'f()' },
      { kind: 'caption', text: 'A figure.' },
      { kind: 'cell', text: 'A cell.' },
    ]
    expect(folded(blocks, 'advanced')).toEqual([3])
  })
})
