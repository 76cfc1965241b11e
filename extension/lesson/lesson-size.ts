import type { Failure } from '@lectern/shared'

/**
 * Elements of a lesson. Up to `quick` reading, copying and showing it take a frame or two; at `most` each of the
 * three still takes less than 200 ms (pnpm bench:extension), and a textbook's longest chapters have about 10,000.
 */
export const lessonSize = { quick: 2_000, most: 20_000 } as const

/** How many elements a lesson has. */
export function countElements(root: Element): number {
  return root.getElementsByTagName('*').length
}

export const tooLarge: Failure = {
  error: 'lesson_too_large',
  message: `This page is too large to be rewritten: it has more than ${lessonSize.most.toLocaleString('en')} elements. Open a single chapter of it and try there.`,
}
