import { additionKinds, type Block, type ReducedProfile } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import type { RewriteTask } from '../../rewriting/ports.ts'
import { rewriteSection, type SectionResult } from '../../rewriting/rewrite-section.ts'
import { studyAidEngine } from './study-aid-engine.ts'

const blocks: Block[] = [
  { kind: 'heading', level: 2, text: 'Loops' },
  {
    kind: 'paragraph',
    text: 'A **loop** is a part of a program that is repeated until some condition holds.',
  },
  {
    kind: 'paragraph',
    text: 'Computers are good at doing the same thing many times without getting tired of it. People are not.',
  },
  {
    kind: 'paragraph',
    text: 'A condition that never fails makes the loop run until somebody stops the *program*.',
  },
  { kind: 'paragraph', text: 'Use `for` to go through every item of a list in Python:' },
  { kind: 'code', text: 'for x in xs: print(x)' },
]

async function aids(
  profile: Partial<ReducedProfile>,
  of: Block[] = blocks,
  variant = 0,
): Promise<SectionResult> {
  const task: RewriteTask = {
    title: 'Loops',
    language: 'en',
    section: { path: [], blocks: of },
    profile: { education_level: 'undergraduate', subject_background: 'none', language: 'en', ...profile },
    site: { additions: additionKinds },
    adjustment: 0,
    variant,
  }
  const work = rewriteSection(studyAidEngine, task, new AbortController().signal)
  for (;;) {
    const next = await work.next()
    if (next.done) return next.value
  }
}

describe('the study-aid engine', () => {
  it("leaves every sentence of the author alone and adds only the lesson's own words", async () => {
    const { blocks: made, additions } = await aids({})
    expect(made.map(({ status }) => status)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept'])
    expect(additions.map(({ kind }) => kind)).toEqual(['background', 'check'])
    expect(additions[0]?.inline).toContain('is a part of a program that is repeated')
    expect(additions[1]).toMatchObject({ answer: expect.stringMatching(/^[A-Za-z]+$/) })
    const [, check] = additions
    const whole = blocks.map((block) => block.text).join(' ')
    expect(whole).toContain(
      check?.inline.replace('Which word is missing? ', '').replace('…', check.answer ?? ''),
    )
  })

  it('folds and sums up for those who know the subject, never a lead-in', async () => {
    const { blocks: made, additions } = await aids({ subject_background: 'advanced' })
    expect(made.map(({ status }) => status)).toEqual(['kept', 'kept', 'folded', 'kept', 'kept'])
    expect(additions.map(({ kind }) => kind)).toEqual(['summary'])
  })

  it('helps differently who knows little, some and much, and who teaches', async () => {
    const kinds = async (profile: Partial<ReducedProfile>) =>
      (await aids(profile)).additions.map(({ kind }) => kind).join()
    expect([
      await kinds({}),
      await kinds({ learning_goal: 'teaching' }),
      await kinds({ subject_background: 'basic' }),
      await kinds({ subject_background: 'intermediate' }),
      await kinds({ subject_background: 'advanced' }),
    ]).toEqual([
      'background,check',
      'background,check,check',
      'background,summary,check',
      'summary,check',
      'summary',
    ])
  })

  it('leaves something to read of every section, and what leads into a listing', async () => {
    const [heading, , basic, , , listing] = blocks as [Block, Block, Block, Block, Block, Block]
    const statuses = async (of: Block[]) =>
      (await aids({ subject_background: 'advanced' }, of)).blocks.map(({ status }) => status)
    expect(await statuses([heading, basic])).toEqual(['kept', 'kept'])
    expect(await statuses([heading, basic, listing])).toEqual(['kept', 'kept'])
    // The first of them is summed up.
    expect(await statuses([heading, basic, basic, basic, listing])).toEqual([
      'kept',
      'kept',
      'folded',
      'kept',
    ])
    const single: Block = { kind: 'paragraph', text: 'People get tired of doing the same thing many times.' }
    expect(await statuses([heading, basic, single, basic, listing])).toEqual(['kept', 'kept', 'kept', 'kept'])
  })

  it('asks nothing beside exercises', async () => {
    const exercises: Block[] = [{ kind: 'heading', level: 2, text: 'Exercises' }, ...blocks.slice(1)]
    expect((await aids({}, exercises)).additions).toEqual([])
  })

  it.each(['Key terms', 'Worked example'])('sums up no %s', async (text) => {
    const section: Block[] = [{ kind: 'heading', level: 2, text }, ...blocks.slice(1)]
    const { additions } = await aids({ subject_background: 'basic' }, section)
    expect(additions.map(({ kind }) => kind)).toEqual(['check'])
  })

  it('asks something else in another wording', async () => {
    const question = async (variant: number) =>
      (await aids({}, blocks, variant)).additions.find(({ kind }) => kind === 'check')?.answer
    expect(await question(1)).not.toBe(await question(0))
  })

  it('asks for a word that comes up in the section, in sentences that cannot be quoted, too', async () => {
    const { additions } = await aids({}, [
      {
        kind: 'paragraph',
        text: 'Many people think of repetition first. This is what a computer does well.',
      },
      { kind: 'paragraph', text: 'It is repetition that computers are good at, as we will see.' },
    ])
    expect(additions.at(-1)).toMatchObject({ kind: 'check', answer: 'repetition' })
  })

  it('is deterministic', async () => {
    expect(await aids({})).toEqual(await aids({}))
  })

  it('says that another language needs a model', () => {
    const profile = { education_level: 'undergraduate', subject_background: 'none', language: 'ur' } as const
    expect(studyAidEngine.refuses?.({ language: 'en', profile })).toMatchObject({
      code: 'language_needs_model',
      message: expect.stringContaining('Urdu'),
    })
    expect(
      studyAidEngine.refuses?.({ language: 'de', profile: { ...profile, language: 'en' } }),
    ).toBeDefined()
    expect(
      studyAidEngine.refuses?.({ language: 'en', profile: { ...profile, language: 'en' } }),
    ).toBeUndefined()
  })
})
