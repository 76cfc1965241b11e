import Type, { type Static } from 'typebox'
import { Hash } from './requests.ts'

/** What can be wrong with a lesson's rewrite, as a learner chooses it from a list. */
export const reportKinds = [
  'wrong_content',
  'missing_content',
  'hard_to_read',
  'wrong_language',
  'broken_layout',
  'not_a_lesson',
  'other',
] as const
export type ReportKind = (typeof reportKinds)[number]

/** Reports that are taken of a learner within 24 hours. */
export const reportsADay = 50

const Place = Type.Integer({ minimum: 1, maximum: 100_000 })

/** A problem that a learner reports to the staff of a lesson's site: nothing that they typed is in it. */
export const ReportCreate = Type.Object(
  {
    lesson_hash: Hash,
    url: Type.String({ maxLength: 2000, description: 'of the lesson; its query and fragment are not kept' }),
    section: Type.Optional(Place),
    block: Type.Optional(Place),
    kind: Type.Enum(reportKinds),
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'of that block as shown, where the learner chose to send it',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ReportCreate = Static<typeof ReportCreate>

export const ReportMade = Type.Object({ report_id: Type.String({ format: 'uuid' }) })
export type ReportMade = Static<typeof ReportMade>
