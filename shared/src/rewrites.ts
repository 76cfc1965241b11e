import Type, { type Static } from 'typebox'
import { Failure } from './failures.ts'

export const blockStatuses = ['rewritten', 'kept', 'folded', 'restored'] as const
export const additionKinds = ['analogy', 'example', 'background', 'check', 'summary'] as const
export type AdditionKind = (typeof additionKinds)[number]

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Ordinal = Type.Integer({ minimum: 1 })
const InlineText = Type.String({ maxLength: 100_000, description: 'inline text' })
const Count = Type.Integer({ minimum: 0 })

/** What became of one prose block; `inline` is there when it was rewritten. `block` counts from 1 in its section. */
export const BlockRewrite = Type.Object({
  block: Ordinal,
  status: Type.Enum(blockStatuses),
  inline: Type.Optional(InlineText),
})
export type BlockRewrite = Static<typeof BlockRewrite>

/** A block that the author did not write, shown after block `after` (0: before the first). */
export const Addition = Type.Object({
  after: Count,
  kind: Type.Enum(additionKinds),
  inline: InlineText,
  answer: Type.Optional(InlineText),
})
export type Addition = Static<typeof Addition>

/** What a rewrite kept and changed, counted. Fixed blocks, formulas and links are the author's by construction. */
export const Receipt = Type.Object({
  rewritten: Count,
  kept: Count,
  folded: Count,
  restored: Count,
  additions: Count,
  code_blocks: Count,
  formulas: Count,
  tables: Count,
  figures: Count,
  links: Count,
})
export type Receipt = Static<typeof Receipt>

/** A receipt that counts nothing. */
export const emptyReceipt: Receipt = {
  rewritten: 0,
  kept: 0,
  folded: 0,
  restored: 0,
  additions: 0,
  code_blocks: 0,
  formulas: 0,
  tables: 0,
  figures: 0,
  links: 0,
}

/** The sum of receipts: of a lesson's sections, the lesson's. */
export function addReceipts(receipts: readonly Receipt[]): Receipt {
  const sum = { ...emptyReceipt }
  for (const receipt of receipts)
    for (const field of Object.keys(sum) as (keyof Receipt)[]) sum[field] += receipt[field]
  return sum
}

/** How a rewrite came about, said with each section. */
export const Provenance = Type.Object({
  model: Type.String(),
  cached: Type.Boolean(),
  generated_at: Type.String({ format: 'date-time' }),
  notice: Type.Optional(
    Type.Enum(['study_aids', 'sample'], {
      description: 'study_aids: no language model made this. sample: written by hand for the demo.',
    }),
  ),
})
export type Provenance = Static<typeof Provenance>

/** One origin for a whole lesson: cached when all of its sections were, as old as the newest of them. */
export function commonProvenance(provenances: readonly Provenance[]): Provenance {
  const notices = provenances.map((one) => one.notice)
  const notice = notices.find((one) => one === 'study_aids') ?? notices.find((one) => one !== undefined)
  return {
    model: [...new Set(provenances.map((one) => one.model))].join(', '),
    cached: provenances.every((one) => one.cached),
    generated_at:
      provenances
        .map((one) => one.generated_at)
        .toSorted()
        .at(-1) ?? new Date().toISOString(),
    ...(notice === undefined ? {} : { notice }),
  }
}

/** A whole rewritten section. */
export const SectionRewrite = Type.Object({
  section: Ordinal,
  hash: Hash,
  blocks: Type.Array(BlockRewrite),
  additions: Type.Array(Addition),
  receipt: Receipt,
  ...Provenance.properties,
})
export type SectionRewrite = Static<typeof SectionRewrite>

/** The events of a stream, by name; sections and blocks count from 1. */
export const streamEvents = {
  plan: Type.Object({
    sections: Type.Array(
      Type.Object({ hash: Hash, state: Type.Enum(['stored', 'making', 'missing']), blocks: Count }),
    ),
  }),
  block: Type.Object({ section: Ordinal, ...BlockRewrite.properties }),
  addition: Type.Object({ section: Ordinal, ...Addition.properties }),
  section: Type.Object({ section: Ordinal, receipt: Receipt, ...Provenance.properties }),
  done: Type.Object({ receipt: Receipt }),
  failed: Type.Object({ section: Type.Optional(Ordinal), ...Failure.properties }),
} as const

export type StreamEventName = keyof typeof streamEvents
export type StreamEvent = {
  [N in StreamEventName]: { event: N; data: Static<(typeof streamEvents)[N]> }
}[StreamEventName]
