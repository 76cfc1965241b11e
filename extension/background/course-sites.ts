import type { Site } from '@lectern/shared'
import type { ApiClient } from '../api-client/api-client.ts'
import { ApiError } from '../api-client/api-error.ts'
import { textbooksOf } from '../courses/textbooks.ts'
import { schoolPolicy } from '../school/school-policy.ts'
import { courseStore } from '../storage/course-store.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { siteListStore } from '../storage/site-list-store.ts'
import { apiOf } from './api-of-learner.ts'

/** The textbooks of the learner's school, then those of their course, asked for anew. */
export async function courseTextbooks(): Promise<Site[]> {
  const [{ sites: ofSchool = [] }, sites, kept] = await Promise.all([
    schoolPolicy(),
    courseSites(0),
    courseStore.get(),
  ])
  const decided = new Set(ofSchool.map(({ id }) => id))
  const others = textbooksOf(kept, sites).filter(({ id }) => !decided.has(id))
  return [...ofSchool.filter(({ policy }) => policy !== 'deny'), ...others]
}

/**
 * The course's sites, asked for again when the stored list is older than `maxAge` milliseconds or another API's.
 * An API that is away leaves the list as it was.
 */
export async function courseSites(maxAge: number): Promise<Site[]> {
  const apiUrl = apiUrlOf(await settingsStore.get())
  const stored = await siteListStore.get()
  const own = stored.api_url === apiUrl
  if (own && Date.now() - stored.checked_at < maxAge) return stored.sites
  try {
    const api = await apiOf(await learnerStore.get())
    const answer = await api.listSites(own ? stored.etag : null)
    const { sites, etag } = answer.changed ? { sites: answer.value, etag: answer.etag } : stored
    await refreshCourse(api)
    await siteListStore.update(() => ({ api_url: apiUrl, etag, checked_at: Date.now(), sites }))
    return sites
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return own ? stored.sites : []
  }
}

/** Staff may have added textbooks to the course. One that they took away leaves its list as it was last. */
async function refreshCourse(api: ApiClient): Promise<void> {
  const { course } = await courseStore.get()
  if (course === null) return
  const fresh = await api.getCourse(course.code).catch((error) => {
    if (error instanceof ApiError && error.failure.error === 'course_not_found') return course
    throw error
  })
  await courseStore.update((kept) => (kept.course?.code === course.code ? { ...kept, course: fresh } : kept))
}
