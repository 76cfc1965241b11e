import { addReceipts, type Failure, type Receipt, type StreamEvent } from '@lectern/shared'
import { failureOf } from './engine-failure.ts'
import { merge } from './merge.ts'
import type { StoredRewrite } from './ports.ts'
import { rewriteEvents, sectionEvent, stepEvent } from './section-events.ts'
import type { SectionFlight } from './section-flights.ts'

/** A section of a lesson that is asked for: where its rewrite comes from. */
export type PlannedSection = { hash: string } & (
  | { state: 'stored'; rewrite: StoredRewrite }
  | { state: 'making' | 'missing'; flight: SectionFlight }
)

/**
 * The events of a lesson from its plan on, of all its sections as they come; the last is `done`, or a `failed`
 * without section. `onWhole` is called before `done`.
 */
export async function* lessonEvents(
  sections: readonly PlannedSection[],
  onWhole: () => void,
): AsyncGenerator<StreamEvent, void> {
  const receipts: Receipt[] = []
  yield { event: 'plan', data: { sections: sections.map(planEntry) } }
  let failed: Failure | undefined
  for await (const event of merge(sections.map((section, i) => sectionEvents(section, i + 1)))) {
    if (event.event === 'section') receipts.push(event.data.receipt)
    if (event.event === 'failed') failed ??= withoutSection(event.data)
    yield event
  }
  if (failed !== undefined) yield { event: 'failed', data: failed }
  else {
    onWhole()
    yield { event: 'done', data: { receipt: addReceipts(receipts) } }
  }
}

function planEntry(planned: PlannedSection) {
  const blocks = planned.state === 'stored' ? planned.rewrite.blocks.length : planned.flight.blocks
  return { hash: planned.hash, state: planned.state, blocks }
}

async function* sectionEvents(planned: PlannedSection, section: number): AsyncGenerator<StreamEvent, void> {
  if (planned.state === 'stored') {
    yield* rewriteEvents(planned.rewrite, section)
    return
  }
  for await (const step of planned.flight.watch()) yield stepEvent(step, section)
  try {
    yield sectionEvent(await planned.flight.result, section, false)
  } catch (error) {
    yield { event: 'failed', data: { section, ...failureOf(error) } }
  }
}

function withoutSection({ section: _, ...failure }: Failure & { section?: number }): Failure {
  return failure
}
