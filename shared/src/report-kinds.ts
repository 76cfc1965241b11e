// Apart from the schemas, so that a bundle that only asks for kinds carries no schema library.

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
