/** Why a page is no lesson, as the page is told of: `elsewhere` is where this site has its lessons. */
export const noLessonReasons = [
  'elsewhere',
  'reference',
  'address',
  'login',
  'title',
  'no_lesson',
  'links',
  'short',
] as const
export type NoLessonReason = (typeof noLessonReasons)[number]
