import { Addition, BlockRewrite, Failure, Provenance, Receipt } from '@lectern/shared'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { MadeSection } from '../rewriting/leases.ts'
import type { SectionStep } from '../rewriting/rewrite-section.ts'

/** How a run ended, told as its last step. */
export type EndStep = { type: 'end' } & ({ made: MadeSection } | { failure: Failure })

/** A step as it stands in the database, counted from 1 in its run. */
export type NumberedStep<Step = SectionStep | EndStep> = { sequence: number; step: Step }

const stepSchema = Compile(
  Type.Union([
    Type.Object({ type: Type.Literal('block'), rewrite: BlockRewrite }),
    Type.Object({ type: Type.Literal('addition'), addition: Addition }),
    Type.Object({
      type: Type.Literal('end'),
      made: Type.Object({
        receipt: Receipt,
        model: Provenance.properties.model,
        notice: Provenance.properties.notice,
        generated_at: Type.String(),
      }),
    }),
    Type.Object({ type: Type.Literal('end'), failure: Failure }),
  ]),
)

/**
 * What can be read of a run's steps after the one of number `last`, in order and without gap, and its end. Steps
 * after a gap are useless: a crash has emptied the table, and what is lacking comes with the stored rewrite.
 * `isWhole`: where the end is there, whether no step before it is lacking.
 */
export function readSteps(
  rows: readonly NumberedStep<unknown>[],
  last: number,
): { steps: SectionStep[]; end?: EndStep; isWhole?: boolean } {
  const steps: SectionStep[] = []
  for (const { sequence, step } of rows) {
    if (!stepSchema.Check(step)) return { steps }
    const isNext = sequence === last + steps.length + 1
    if (step.type === 'end') return { steps, end: endOf(step), isWhole: isNext }
    if (isNext) steps.push(step)
  }
  return { steps }
}

function endOf(
  step: { made: Omit<MadeSection, 'generated_at'> & { generated_at: string } } | { failure: Failure },
): EndStep {
  if ('failure' in step) return { type: 'end', failure: step.failure }
  return { type: 'end', made: { ...step.made, generated_at: new Date(step.made.generated_at) } }
}
