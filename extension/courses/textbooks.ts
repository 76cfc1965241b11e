import type { Site } from '@lectern/shared'
import { originPattern } from '../permissions/origin-pattern.ts'
import { siteOrigins } from '../permissions/site-origins.ts'
import { type CourseKept, courseStore } from '../storage/course-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'

/** Of the API's sites, those of the learner's course; all where they are in none. A site that is shut out is none. */
export function textbooksOf({ course }: CourseKept, sites: readonly Site[]): Site[] {
  const open = sites.filter(({ policy }) => policy !== 'deny')
  return course === null ? open : open.filter(({ id }) => course.sites.includes(id))
}

/** The match patterns of a textbook's hosts, as permissions are asked for. */
export function originsOf({ patterns }: Site): string[] {
  return [...new Set(patterns.flatMap((pattern) => originPattern(pattern.replace(/\*.*$/, '')) ?? []))]
}

/** Where a textbook begins: its first pattern up to what varies. */
export function startOf({ patterns }: Site): string {
  return (patterns[0] ?? '').replace(/\*.*$/, '')
}

/** The textbooks that staff have added since the learner last saw the list, as far as they are not allowed yet. */
export async function newTextbooks(): Promise<Site[]> {
  const [kept, { sites }, granted] = await Promise.all([
    courseStore.get(),
    siteListStore.get(),
    siteOrigins(),
  ])
  const { seen } = kept
  if (seen === null) return []
  return textbooksOf(kept, sites).filter(
    (site) => !seen.includes(site.id) && originsOf(site).some((origin) => !granted.includes(origin)),
  )
}
