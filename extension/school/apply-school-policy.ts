import { findCourse } from '../background/find-course.ts'
import { courseStore, keepCourse } from '../storage/course-store.ts'
import { forgetSync, learnerStore, savePreferences } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { wholeSchoolPolicy } from './school-policy.ts'

/**
 * Puts what the school has set in place of what is set here. Its answers count only for a learner who gave none, and
 * only where the school has recorded their consent.
 */
export async function applySchoolPolicy(): Promise<void> {
  const { api_url, course, preferences, consent_recorded } = await wholeSchoolPolicy()
  if (api_url !== undefined) await takeApi(api_url)
  if (
    preferences !== undefined &&
    consent_recorded === true &&
    (await learnerStore.get()).preferences === null
  )
    await savePreferences(preferences)
  if (course !== undefined) await takeCourse(course)
}

async function takeApi(apiUrl: string): Promise<void> {
  if (apiUrlOf(await settingsStore.get()) === apiUrl) return
  await settingsStore.update((settings) => ({ ...settings, api_url: apiUrl, sites_at_api_host: false }))
  await forgetSync()
  await keepCourse(null)
}

/** An API that is away is asked at the next start. */
async function takeCourse(code: string): Promise<void> {
  if ((await courseStore.get()).course?.code === code) return
  const found = await findCourse({ api_url: apiUrlOf(await settingsStore.get()), code })
  if (found.ok) await keepCourse(found.course)
}
