/** What a lesson says, passage by passage; to notice that a page shows another lesson in the same elements. */
export type LessonPrint = ReadonlySet<string>

const PASSAGES = 'h1, h2, h3, h4, h5, h6, p, li, dt, dd, pre'
/** Enough to tell lessons apart, and a bound on the cost for a page of 100,000 nodes. */
const MOST_PASSAGES = 500
const LENGTH = 120

/** Reads a lesson's passages; where its own elements are replaced, they say the same. */
export function printOf(lesson: Element): LessonPrint {
  const passages = new Set<string>()
  for (const element of lesson.querySelectorAll(PASSAGES)) {
    passages.add(element.textContent.slice(0, LENGTH).trim())
    if (passages.size === MOST_PASSAGES) break
  }
  return passages
}

/** The share of the passages of one print that the other has, too; of the longer one, so 1 only where they are equal. */
export function likeness(one: LessonPrint, other: LessonPrint): number {
  const longer = Math.max(one.size, other.size)
  if (longer === 0) return 1
  let same = 0
  for (const passage of one) if (other.has(passage)) same++
  return same / longer
}
