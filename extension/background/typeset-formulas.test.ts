import type { Block } from '@lectern/shared'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { LessonEvent } from '../messaging/lesson-protocol.ts'
import { typesetFormulas } from './typeset-formulas.ts'

const blocks: Block[] = [
  { kind: 'paragraph', text: 'Let $T(n)=2n$ hold.' },
  { kind: 'code', text: 'echo $a and $b' },
]
const addition = (inline: string, answer?: string): LessonEvent => ({
  type: 'addition',
  after: 0,
  kind: answer === undefined ? 'example' : 'check',
  inline,
  ...(answer === undefined ? {} : { answer }),
})
const block = (inline?: string): LessonEvent => ({
  type: 'block',
  index: 0,
  status: inline === undefined ? 'kept' : 'rewritten',
  ...(inline === undefined ? {} : { inline }),
})

async function typeset(...events: LessonEvent[]): Promise<LessonEvent[]> {
  async function* stream() {
    yield* events
  }
  const all: LessonEvent[] = []
  for await (const event of typesetFormulas(stream(), { blocks })) {
    expect([...Value.Errors(LessonEvent, event)]).toEqual([])
    all.push(event)
  }
  return all
}

/** The TeX of formulas, the types of other events. */
const said = (events: LessonEvent[]) =>
  events.map((event) => (event.type === 'formula' ? event.tex : event.type))

describe('an event comes after its formulas, typeset', () => {
  it('those of an addition and of its answer', async () => {
    const events = await typeset(addition('Take *half: $\\frac{1}{2}$* of it', 'It is $3\\cdot 4$, or $12$'))
    expect(said(events)).toEqual(['\\frac{1}{2}', '3\\cdot 4', '12', 'addition'])
    expect(events[0]).toMatchObject({ math: { name: 'math', children: [{ name: 'mfrac' }] } })
  })

  it('also those of the lesson, which its page may not have typeset', async () => {
    expect(said(await typeset(addition('As $T(n)=2n$')))).toEqual(['T(n)=2n', 'addition'])
  })

  it('of a block, those that no block of the lesson says', async () => {
    expect(said(await typeset(block('Here $T(n)=2n$, so $T(n)$; $a and $')))).toEqual(['T(n)', 'block'])
    expect(said(await typeset(block('It is $a and$ b')))).toEqual(['a and', 'block'])
  })

  it('each once', async () => {
    const events = await typeset(addition('$x$ and $x$'), block('$x$'), addition('$x$ $y$'))
    expect(said(events)).toEqual(['x', 'addition', 'block', 'y', 'addition'])
  })

  it('except for TeX that is none', async () => {
    expect(said(await typeset(addition('$\\frac{1}$ and $\\href{javascript:alert(1)}{x}$')))).toEqual([
      'addition',
    ])
  })
})

it('leaves every other event as it is', async () => {
  const events: LessonEvent[] = [
    { type: 'plan', prose_blocks: 1, language: 'en', direction: 'ltr' },
    block(),
    { type: 'failed', failure: { error: 'upstream_failed', message: 'Try again.' } },
  ]
  expect(await typeset(...events)).toEqual(events)
})

it('is refused by the protocol where it is no formula', () => {
  const event = {
    type: 'formula',
    tex: 'x',
    math: { name: 'math', children: [{ name: 'script', children: [] }] },
  }
  expect(Value.Check(LessonEvent, event)).toBe(false)
  expect(Value.Check(LessonEvent, { ...event, math: { name: 'math', children: ['x'] } })).toBe(true)
})
