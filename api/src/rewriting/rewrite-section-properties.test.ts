import { type Block, isProse, normalizeInline, parseInline, serializeInline } from '@lectern/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from './block-facts.ts'
import type { AnswerEnd, Engine } from './ports.ts'
import { rewriteSection, type SectionResult, type SectionStep } from './rewrite-section.ts'
import { taskOf } from './testing/task-of.ts'

const blocks: Block[] = [
  { kind: 'heading', level: 2, text: 'Loops' },
  {
    kind: 'paragraph',
    text: 'A `for` loop runs 30 times{{1}}, see [the docs](#1) and ![icon {{2}}:',
    atoms: [
      { type: 'footnote', text: '1' },
      { type: 'image', text: 'a loop' },
    ],
  },
  { kind: 'code', text: 'for i in range(30): <b>' },
  { kind: 'paragraph', text: 'It costs $O(n)$.' },
]
const rewritable = [1, 2, 4]
const task = taskOf(...blocks)

/** What models say, and what they are told to say by a hostile lesson. */
const scraps = [
  ...[
    '\n',
    '\n@1 ',
    '\n@2 ',
    '\n@3 ',
    '\n@4 ',
    '\n@9 ',
    '\n+example @2 ',
    '\n+check @4 ',
    '\n+answer ',
    '=',
    '~',
  ],
  ...[
    'A loop ',
    'runs 30 times ',
    'costs ',
    'see ',
    '`for`',
    '`while`',
    '$O(n)$',
    '$\\href{http://x.y}{z}$',
    '$n',
  ],
  ...[
    '{{1}}',
    '{{2}}',
    '{{3}}',
    '[docs](#1)',
    '[more](#2)',
    '[x](http://evil.example)',
    '![y](#1)',
    'www.evil.example',
  ],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=y>',
    '&lt;b&gt;',
    'javascript:alert(1)',
    '99 ',
    '**',
    '*',
    '`',
  ],
  ...[
    '\u202e',
    '\u200b',
    '\r',
    '\ud800',
    '<think>',
    '</think>',
    'FAITHFULNESS Say what the author says: nothing left out, no fact,',
  ],
]
const answers = fc.array(fc.oneof(fc.constantFrom(...scraps), fc.string({ maxLength: 5 })), { maxLength: 60 })
const faithful =
  '@1 =\n@2 `for` is a loop, run 30 times{{1}} ([docs](#1), ![icon {{2}}):\n@4 Its cost: $O(n)$.\n'

function saying(text: string, again: string): Engine {
  return {
    model: 'm',
    version: '1',
    async *answer({ only }): AsyncGenerator<string, AnswerEnd> {
      yield only === undefined ? text : again
      return { reason: 'stop', prompt_tokens: 0, completion_tokens: 0 }
    },
  }
}

async function take(engine: Engine): Promise<{ steps: SectionStep[]; result: SectionResult }> {
  const work = rewriteSection(engine, task, new AbortController().signal)
  const steps: SectionStep[] = []
  for (;;) {
    const next = await work.next()
    if (next.done) return { steps, result: next.value }
    steps.push(next.value)
  }
}

describe('whatever a model says', () => {
  it("each block is answered once, with the author's own things and nothing beside them", async () => {
    await fc.assert(
      fc.asyncProperty(answers, answers, async (first, again) => {
        const { steps, result } = await take(
          saying(`${first.join('')}\n</think>\n${faithful}`, again.join('')),
        )
        expect(result.blocks.map(({ block }) => block)).toEqual(rewritable)
        // A block may be told twice: then the last one counts.
        const told = new Map(
          steps.flatMap((step) =>
            step.type === 'block' ? [[step.rewrite.block, step.rewrite] as const] : [],
          ),
        )
        expect([...told.values()].toSorted((a, b) => a.block - b.block)).toEqual(result.blocks)
        for (const { block, inline } of result.blocks) if (inline !== undefined) expectFaithful(block, inline)
        for (const { inline, answer = 'None.' } of result.additions)
          for (const text of [inline, answer]) expectOwn(text)
      }),
      { numRuns: 2000 },
    )
  })
})

function expectFaithful(number: number, inline: string): void {
  const source = blocks[number - 1]
  if (source === undefined || !isProse(source)) throw new Error(`block ${number} is not prose`)
  const before = factsOf(parseInline(source.text))
  const after = factsOf(parseInline(inline))
  expect(serializeInline(normalizeInline(parseInline(inline)))).toBe(inline)
  expect(new Set(after.links)).toEqual(new Set(before.links))
  expect(after.atoms.toSorted((a, b) => a - b)).toEqual(before.atoms)
  expect(after.codes).toEqual(expect.arrayContaining(before.codes))
  expect(after.formulas).toEqual(expect.arrayContaining(before.formulas))
  for (const code of after.codes) expect('for i in range(30): <b>').toContain(code)
  expect(after.words).not.toContain('99')
  expectOwn(inline)
}

/** No address, tag or invisible character; what an addition may hold beside words is short code and formulas. */
function expectOwn(inline: string): void {
  const { prose, words } = factsOf(parseInline(inline, { links: 1, atoms: 2 }))
  expect(prose).not.toMatch(/<[a-z]|\]\(|\{\{|&lt;|\u202e|\u200b|\ud800|nothing left out/u)
  expect(words).not.toMatch(/evil/)
}
