import { matchesPattern } from '@lectern/shared'
import { lessonAddress } from '../../progress/lesson-address.ts'

/**
 * Other pages of a textbook to look at, spread over the whole book: what stands first in a navigation is often a
 * preface, and chapters at the end are often built otherwise.
 */
export function choosePages(
  listed: readonly string[],
  { url, patterns, most }: { url: string; patterns: readonly string[]; most: number },
): string[] {
  const own = lessonAddress(url)
  const pages = new Map(
    listed
      .filter((one) => patterns.some((pattern) => matchesPattern(pattern, one)))
      .map((one) => [lessonAddress(one), one]),
  )
  pages.delete(own)
  const others = [...pages.values()]
  if (others.length <= most) return others
  const step = (others.length - 1) / Math.max(1, most - 1)
  return Array.from({ length: most }, (_, i) => others[Math.round(i * step)] ?? '')
}
