/** What happens from the recognizer's decision that a page is a lesson until its tabs can be used, in this order. */
export const stages = [
  'recognized',
  'heard',
  'allowed',
  'bar_loaded',
  'bar_placed',
  'bar_painted',
  'view_loaded',
  'view_evaluated',
  'view_shown',
] as const
export type Stage = (typeof stages)[number]

/** Marks that a stage was reached, for the bench's build alone: a page sees what is marked in it. */
export function markStage(stage: Stage): void {
  if (import.meta.env.LECTERN_MARKS) performance.mark(`lectern-${stage}`)
}
