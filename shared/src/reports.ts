import Type, { type Static } from 'typebox'
import { reportKinds } from './report-kinds.ts'
import { Hash } from './requests.ts'

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
