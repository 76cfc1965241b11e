import { type Block, languageTags, parseInline } from '@lectern/shared'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultKind, type StandInModel, startStandInModel } from '../../load/stand-in-model.ts'
import { openaiEngine } from '../model/openai-engine.ts'
import { factsOf } from './block-facts.ts'
import type { AnswerEnd, Engine, RewriteTask } from './ports.ts'
import { rewriteSection, type SectionResult, type SectionStep } from './rewrite-section.ts'
import { taskOf } from './testing/task-of.ts'

const blocks: Block[] = [
  { kind: 'heading', level: 2, text: 'The *for* loop' },
  {
    kind: 'paragraph',
    text: 'A `for` loop runs 3 times, see [the docs](#1) and press {{1}}:',
    atoms: [{ type: 'key', text: 'Enter' }],
  },
  { kind: 'code', text: 'for i in range(3):\n    print(i)', language: 'python' },
  { kind: 'paragraph', text: 'Its cost is $O(n)$ for a list of length $n$.' },
  { kind: 'list_item', text: 'A loop ends when the list ends.' },
  { kind: 'list_item', text: 'A loop may be left early.' },
]
const task = taskOf(...blocks)
const urdu: RewriteTask = { ...task, profile: { ...task.profile, language: 'ur' } }
const proseBlocks = [1, 2, 4, 5, 6]
const { signal } = new AbortController()

let model: StandInModel
beforeAll(async () => {
  model = await startStandInModel()
})
beforeEach(() => model.configure({}))
afterAll(() => model.close())

/** Far longer than the stand-in takes for anything, and where it is told to hang. */
const patient = { firstPiece: 30_000, nextPiece: 30_000, whole: 50_000 }
const impatient = { firstPiece: 1_000, nextPiece: 1_000, whole: 5_000 }

async function rewrite(
  asked: RewriteTask = task,
  patience = patient,
): Promise<{ steps: SectionStep[]; result: SectionResult }> {
  const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' }, patience)
  const work = rewriteSection(engine, asked, new AbortController().signal)
  const steps: SectionStep[] = []
  for (;;) {
    const next = await work.next()
    if (next.done) return { steps, result: next.value }
    steps.push(next.value)
  }
}

const statuses = ({ blocks: made }: SectionResult) => made.map(({ block, status }) => [block, status])

describe('rewriting a section over HTTP', () => {
  it('asks once and gives every prose block rewritten, with its atoms, and an addition', async () => {
    const { steps, result } = await rewrite()
    expect(statuses(result)).toEqual([
      [1, 'kept'],
      ...proseBlocks.slice(1).map((block) => [block, 'rewritten']),
    ])
    expect(steps).toHaveLength(6)
    expect(result.additions).toMatchObject([{ kind: 'example', after: 6 }])
    expect(result).toMatchObject({ calls: 1, storable: true })
    expect(result.completion_tokens).toBeGreaterThan(10)
    expect(model.requests).toHaveLength(1)
    const facts = factsOf(parseInline(result.blocks[1]?.inline ?? ''))
    expect(facts).toMatchObject({ codes: ['for'], links: [1], atoms: [1], numbers: [{ value: '3' }] })
  })

  it('asks for no longer an answer than the prose can need, however long a table is', async () => {
    const table: Block = { kind: 'table', text: 'a | b\n'.repeat(10_000).trim() }
    const { result } = await rewrite({ ...task, section: { path: [], blocks: [...blocks, table] } })
    expect(result.storable).toBe(true)
  })

  it('translates headings too, into the script that was asked for', async () => {
    const { result } = await rewrite(urdu)
    expect(
      result.blocks.every(
        (block) => block.status === 'rewritten' && /\p{Script=Arabic}/u.test(block.inline ?? ''),
      ),
    ).toBe(true)
  })

  it.each(languageTags)(
    'accepts an answer in %s where it is asked for, and none in another language',
    async (language) => {
      const asked: RewriteTask = { ...task, profile: { ...task.profile, language } }
      expect((await rewrite(asked)).result).toMatchObject({ calls: 1, storable: true })
      model.configure({ faults: [{ kind: 'wrong_language', times: 99 }] })
      const wrong = await rewrite(asked).then(
        ({ result }) => result.storable,
        () => false,
      )
      expect(wrong).toBe(false)
    },
  )

  it('asks again for the block that was left out, and for it alone', async () => {
    model.configure({ faults: [{ kind: 'drop_block', times: 1 }] })
    const { result } = await rewrite(urdu)
    expect(statuses(result)).toEqual(proseBlocks.map((block) => [block, 'rewritten']))
    expect(result).toMatchObject({ calls: 2, storable: true })
    expect(model.requests[1]).toContain('Answer for block @1 alone')
  })

  it("falls back to the author's text for a block that fails twice, and says so", async () => {
    model.configure({ faults: [{ kind: 'drop_atoms', match: 'O(n)', times: 9 }] })
    const { steps, result } = await rewrite()
    expect(statuses(result)).toEqual([
      [1, 'kept'],
      [2, 'restored'],
      [4, 'restored'],
      [5, 'rewritten'],
      [6, 'rewritten'],
    ])
    expect(steps.filter((step) => step.type === 'block' && step.rewrite.status === 'restored')).toHaveLength(
      2,
    )
    expect(result).toMatchObject({ calls: 3, storable: false })
  })

  it('keeps nothing where the upstream failed while a block was asked for again', async () => {
    model.configure({
      faults: [
        { kind: 'drop_block', times: 1 },
        { kind: 'status_401', times: 9 },
      ],
    })
    const { result } = await rewrite(urdu)
    expect(statuses(result)[0]).toEqual([1, 'restored'])
    expect(result.storable).toBe(false)
  })

  it.each<[FaultKind, string]>([
    ['status_401', 'upstream_refused'],
    ['status_429', 'overloaded'],
    ['status_500', 'upstream_failed'],
    ['hang_before', 'upstream_timeout'],
    ['hang_within', 'upstream_timeout'],
    ['cut', 'upstream_failed'],
    ['garbage', 'upstream_failed'],
    ['empty', 'upstream_failed'],
    ['length', 'upstream_failed'],
    ['wrong_script', 'upstream_failed'],
    ['wrong_language', 'upstream_failed'],
  ])('ends %s in %s with a sentence', async (kind, code) => {
    model.configure({ faults: [{ kind, times: 99 }] })
    const failed = await rewrite(task, kind.startsWith('hang') ? impatient : patient).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failed).toMatchObject({ name: 'EngineError', code })
    expect((failed as Error).message).toMatch(/^The .*\. (Try|Whoever)/)
  })

  it('tries again by itself before anything has arrived', async () => {
    model.configure({ faults: [{ kind: 'status_500', times: 1 }] })
    expect((await rewrite()).result.storable).toBe(true)
    expect(model.requests).toHaveLength(2)
  })
})

describe('what a model may answer', () => {
  const expert: RewriteTask = { ...task, profile: { ...task.profile, subject_background: 'intermediate' } }
  const german: RewriteTask = { ...task, profile: { ...task.profile, language: 'de' } }
  const whole =
    '@1 =\n@2 A `for` loop runs 3 times ([the docs](#1) say more); press {{1}}:\n@4 For a list of length $n$ it costs $O(n)$.\n'

  /** An engine that says these words, and those when it is asked again. */
  function saying(text: string, again = '', ended: AnswerEnd['reason'] = 'stop'): Engine {
    return {
      model: 'words',
      version: '1',
      async *answer({ only }) {
        yield only === undefined ? text : again
        return { reason: only === undefined ? 'stop' : ended, prompt_tokens: 0, completion_tokens: 0 }
      },
    }
  }

  async function result(engine: Engine, asked = task): Promise<SectionResult> {
    const work = rewriteSection(engine, asked, new AbortController().signal)
    for (;;) {
      const next = await work.next()
      if (next.done) return next.value
    }
  }

  it('never takes the last line of an answer that broke off, nor stores what it then restored', async () => {
    const cut = await result(saying(`${whole}@5 =`, '@6 A loop may be left', 'length'))
    expect(statuses(cut).at(-1)).toEqual([6, 'restored'])
    expect(cut.storable).toBe(false)
  })

  it('shows a beginner what it would fold away', async () => {
    expect(statuses(await result(saying(`${whole}@5 ~\n@6 ~`))).slice(-2)).toEqual([
      [5, 'kept'],
      [6, 'kept'],
    ])
  })

  it('gives a block as soon as its line ends, before anything of the next one is there', async () => {
    const gate = Promise.withResolvers<void>()
    const engine: Engine = {
      model: 'words',
      version: '1',
      async *answer() {
        yield '@1 Loops that count'
        yield '\n'
        await gate.promise
        yield `${whole}@5 =\n@6 =`
        return { reason: 'stop', prompt_tokens: 0, completion_tokens: 0 }
      },
    }
    const work = rewriteSection(engine, task, signal)
    expect((await work.next()).value).toMatchObject({ rewrite: { block: 1, inline: 'Loops that count' } })
    gate.resolve()
    let next = await work.next()
    while (!next.done) next = await work.next()
    expect(next.value).toMatchObject({ calls: 1, storable: true })
  })

  it('gives a block once more where its text goes on below its line', async () => {
    const work = rewriteSection(
      saying(`@5 A loop ends.\nThat is when its list ends.\n${whole}@6 =`),
      task,
      signal,
    )
    const given: unknown[] = []
    for await (const step of work)
      if (step.type === 'block' && step.rewrite.block === 5) given.push(step.rewrite)
    const rewritten = { block: 5, status: 'rewritten' }
    expect(given).toEqual([
      { ...rewritten, inline: 'A loop ends.' },
      { ...rewritten, inline: 'A loop ends. That is when its list ends.' },
    ])
  })

  it('takes back headings, too short to tell their language, of an answer in a wrong one', async () => {
    const wrong =
      '@1 Die *for* Schleife\n@2 Eine `for` Schleife läuft genau 3 Mal, siehe [die Dokumentation](#1), und drücken Sie dann {{1}}:\n'
    const { blocks: made } = await result(saying(wrong + whole.slice(whole.indexOf('@4'))))
    expect(made.slice(0, 2)).toEqual([
      { block: 1, status: 'restored' },
      { block: 2, status: 'restored' },
    ])
  })

  it('forgets what turns out to have been thoughts', async () => {
    const thoughts = '@1 Some loops\n@5 A loop goes on until it ends.\n'
    const { blocks: made } = await result(saying(`${thoughts}</think>\n${whole}@5 =\n@6 =`))
    expect(made.map(({ status }) => status)).toEqual(['kept', 'rewritten', 'rewritten', 'kept', 'kept'])
  })

  it('says why when it asks again', async () => {
    const asked: (RewriteTask['only'] | undefined)[] = []
    const engine = saying(`${whole}@5 A \`while\` loop ends when the list ends.\n`)
    await result({
      ...engine,
      answer(asking, aborted) {
        asked.push(asking.only)
        return engine.answer(asking, aborted)
      },
    })
    expect(asked).toEqual([undefined, { block: 5, fault: 'code_invented' }, { block: 6 }])
  })

  it("takes the author's words for no translation, however they are given", async () => {
    const echoed = await result(saying(`${whole}@5 A loop ends when the list ends.\n@6 ~`), german)
    expect(statuses(echoed).slice(3)).toEqual([
      [5, 'restored'],
      [6, 'restored'],
    ])
    expect(echoed.storable).toBe(false)
  })

  it('puts what is to stand first below the heading', async () => {
    const { additions } = await result(saying(`+background @0 Loops repeat.\n${whole}@5 =\n@6 =`))
    expect(additions).toMatchObject([{ kind: 'background', after: 1 }])
  })

  it('passes over answers for other blocks and for one that is answered', async () => {
    const noise = '@3 for i in x: pass\n@9 A tenth block.\n@2 Another loop.\n@5 =\n@6 ~\n@6 Again.\n'
    const { blocks: made } = await result(saying(whole + noise), expert)
    expect(made.map(({ block, status }) => [block, status]).slice(-2)).toEqual([
      [5, 'kept'],
      [6, 'folded'],
    ])
    expect(made).toHaveLength(proseBlocks.length)
    expect(made[1]?.inline).toContain('(#1) say more')
  })
})
