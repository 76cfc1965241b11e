import { describe, expect, it } from 'vitest'
import type { AnswerEnd, Engine } from './ports.ts'
import { rewriteSection, type SectionResult, type SectionStep } from './rewrite-section.ts'
import { taskOf } from './testing/task-of.ts'

const task = taskOf(
  'A loop repeats what stands in its body. It ends when the list ends.',
  'A loop may be left early, by a break. Then nothing more is repeated.',
)

const step = (block: number, inline: string): SectionStep => ({
  type: 'block',
  rewrite: { block, status: 'rewritten', inline },
})

async function answered(
  lines: readonly string[],
  begun: readonly SectionStep[] = [],
  asked = task,
): Promise<SectionResult> {
  const engine: Engine = {
    model: 'm',
    version: 'v',
    async *answer(): AsyncGenerator<string, AnswerEnd> {
      yield `${lines.join('\n')}\n`
      return { reason: 'stop', prompt_tokens: 1, completion_tokens: 1 }
    },
  }
  const work = rewriteSection(engine, asked, new AbortController().signal, begun)
  for (;;) {
    const next = await work.next()
    if (next.done) return next.value
  }
}

describe('an answer whose first part turns out to have been thoughts', () => {
  const drafts = ['+example @2 Think of a row of steps.', '@1 A draft of the loop.', '</think>']
  const answer = ['@1 A loop does its body again and again until its list ends.', '@2 =']

  it('adds nothing of a kind that readers have been shown already', async () => {
    const { additions } = await answered([...drafts, ...answer, '+example @2 Think of a row of stairs.'])
    expect(additions.map(({ inline }) => inline)).toEqual(['Think of a row of steps.'])
  })

  it('leaves what another process had begun', async () => {
    const begun = step(2, 'A loop can be left early by a break, and then it repeats nothing more.')
    const { blocks, calls } = await answered([...drafts, ...answer.slice(0, 1)], [begun])
    expect(blocks).toMatchObject([
      { block: 1, inline: 'A loop does its body again and again until its list ends.' },
      { block: 2, status: 'rewritten' },
    ])
    expect(calls).toBe(1)
  })

  it('folds what its drafts have folded', async () => {
    const expert = { ...task, profile: { ...task.profile, subject_background: 'intermediate' as const } }
    const long = Array.from({ length: 4 }, () => 'A loop may be left early, by a break at any time.').join(
      ' ',
    )
    const of = [long, long].map((text) => ({ kind: 'paragraph' as const, text }))
    const { blocks } = await answered(['@1 ~', '</think>', '@1 ~', '@2 ='], [], {
      ...expert,
      section: { path: [], blocks: of },
    })
    expect(blocks.map(({ status }) => status)).toEqual(['folded', 'kept'])
  })
})
