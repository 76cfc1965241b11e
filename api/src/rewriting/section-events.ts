import { addReceipts, type Provenance, type StreamEvent } from '@lectern/shared'
import type { MadeSection } from './leases.ts'
import type { StoredRewrite } from './ports.ts'
import type { SectionStep } from './rewrite-section.ts'

/** The events of a section that is whole: its blocks, its additions, and what closes it. */
export function* rewriteEvents(rewrite: StoredRewrite, section: number): Generator<StreamEvent, void> {
  for (const block of rewrite.blocks) yield { event: 'block', data: { section, ...block } }
  for (const addition of rewrite.additions) yield { event: 'addition', data: { section, ...addition } }
  yield sectionEvent(rewrite, section, true)
}

/** The event that closes a section; `cached` where it was not made for this request. */
export function sectionEvent(rewrite: MadeSection, section: number, cached: boolean): StreamEvent {
  return {
    event: 'section',
    data: { section, receipt: rewrite.receipt, ...provenanceOf(rewrite, cached) },
  }
}

/** The event of each step by its section: all who follow it are given the same one, which is written once. */
const stepEvents = new WeakMap<SectionStep, Map<number, StreamEvent>>()

/** The event of a step of a section in the making. */
export function stepEvent(step: SectionStep, section: number): StreamEvent {
  const known = stepEvents.get(step) ?? new Map<number, StreamEvent>()
  stepEvents.set(step, known)
  const event = known.get(section) ?? makeStepEvent(step, section)
  known.set(section, event)
  return event
}

function makeStepEvent(step: SectionStep, section: number): StreamEvent {
  if (step.type === 'block') return { event: 'block', data: { section, ...step.rewrite } }
  return { event: 'addition', data: { section, ...step.addition } }
}

/** All events of a lesson whose sections are stored, given in order. */
export function* storedEvents(rewrites: readonly StoredRewrite[]): Generator<StreamEvent, void> {
  const plan = rewrites.map(({ key, blocks }) => ({
    hash: key.section,
    state: 'stored' as const,
    blocks: blocks.length,
  }))
  yield { event: 'plan', data: { sections: plan } }
  for (const [i, rewrite] of rewrites.entries()) yield* rewriteEvents(rewrite, i + 1)
  yield { event: 'done', data: { receipt: addReceipts(rewrites.map(({ receipt }) => receipt)) } }
}

/** What is said of a rewrite with its section. */
export function provenanceOf({ model, notice, generated_at }: MadeSection, cached: boolean): Provenance {
  return {
    model,
    cached,
    generated_at: generated_at.toISOString(),
    ...(notice === undefined ? {} : { notice }),
  }
}
