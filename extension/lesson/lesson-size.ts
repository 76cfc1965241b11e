import type { Failure } from '@lectern/shared'
import { i18n, numberText } from '../locales/i18n.ts'

/**
 * Elements of a lesson, and how deep they are nested in it. Up to `quick` reading, copying and showing it take a
 * frame or two; up to `most` each of the three still takes less than 200 ms (`pnpm bench:extension`), and a
 * textbook's longest chapters have about 10,000. Parsers stop at a depth of 512; a script may go on, and Chromium
 * alone takes half a second to copy 10,000 nested elements.
 */
export const lessonSize = { quick: 2_000, most: 15_000, deepest: 1_000 } as const

/** Whether a lesson can be read at once, in steps, or not at all. */
export function sizeOfLesson(root: Element): 'quick' | 'long' | 'too_large' {
  const count = root.getElementsByTagName('*').length
  if (count > lessonSize.most || isTooDeep(root)) return 'too_large'
  return count <= lessonSize.quick ? 'quick' : 'long'
}

function isTooDeep(root: Element): boolean {
  const depths = new Map([[root, 0]])
  for (const element of root.getElementsByTagName('*')) {
    const depth = 1 + (element.parentElement === null ? 0 : (depths.get(element.parentElement) ?? 0))
    if (depth > lessonSize.deepest) return true
    if (element.firstElementChild !== null) depths.set(element, depth)
  }
  return false
}

/** What is said of a page that has more than the most. */
export function tooLarge(): Failure {
  const [most, deepest] = [numberText(lessonSize.most), numberText(lessonSize.deepest)]
  return { error: 'lesson_too_large', message: i18n.t('lesson.too_large', { most, deepest }) }
}
