import { additionKinds, type Block, type ReducedProfile } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import type { RewriteTask } from '../rewriting/ports.ts'
import { rewriteSection, type SectionResult } from '../rewriting/rewrite-section.ts'
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
  { kind: 'paragraph', text: 'Use `for` to go through every item of a list in Python:' },
  { kind: 'code', text: 'for x in xs: print(x)' },
]

async function aids(profile: Partial<ReducedProfile>): Promise<SectionResult> {
  const task: RewriteTask = {
    title: 'Loops',
    language: 'en',
    section: { path: [], blocks },
    profile: { education_level: 'undergraduate', subject_background: 'none', language: 'en', ...profile },
    site: { additions: additionKinds },
    adjustment: 0,
    variant: 0,
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
    expect(made.map(({ status }) => status)).toEqual(['kept', 'kept', 'kept', 'kept'])
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
    expect(made.map(({ status }) => status)).toEqual(['kept', 'kept', 'folded', 'kept'])
    expect(additions.map(({ kind }) => kind)).toEqual(['summary'])
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
