import { parseCourseLink } from '@lectern/shared'
import { browser } from 'wxt/browser'
import { originPattern } from '../permissions/origin-pattern.ts'
import { courseStore } from '../storage/course-store.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { openOnboarding } from './open-onboarding.ts'

/** Where the APIs that Lectern may talk to show their courses, as match patterns. */
export async function courseLinkPatterns(): Promise<string[]> {
  const patterns = (await knownApis()).flatMap((url) => {
    const host = originPattern(url)
    return host === undefined
      ? []
      : [host.replace(/\/\*$/, `${new URL(url).pathname.replace(/\/$/, '')}/course/*`)]
  })
  return [...new Set(patterns)]
}

/**
 * Opens the questions with the course of a link that a known API shows, unless it is the course in use; another
 * host's page is no course.
 */
export async function openCourse(link: string): Promise<void> {
  const course = await knownCourse(link)
  if (course !== undefined && !(await isInUse(course))) await openOnboarding({ course: link })
}

async function knownCourse(link: string): Promise<{ api: string; code: string } | undefined> {
  const parsed = parseCourseLink(link, '')
  return 'problem' in parsed || !(await knownApis()).includes(parsed.api) ? undefined : parsed
}

/**
 * Opens the questions at install: with the course of a link that is open in a tab, from which the learner came to
 * install Lectern, the one that was looked at last.
 */
export async function openAtInstall(): Promise<void> {
  const tabs = await browser.tabs.query({ url: await courseLinkPatterns() })
  const newestFirst = tabs.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))
  for (const { url = '' } of newestFirst)
    if ((await knownCourse(url)) !== undefined) return openOnboarding({ course: url })
  await openOnboarding()
}

async function isInUse({ api, code }: { api: string; code: string }): Promise<boolean> {
  const [{ course }, { preferences }, settings] = await Promise.all([
    courseStore.get(),
    learnerStore.get(),
    settingsStore.get(),
  ])
  return preferences !== null && course?.code === code && apiUrlOf(settings) === api
}

/** The API in force, and the one that this build came with. */
async function knownApis(): Promise<string[]> {
  return [apiUrlOf(await settingsStore.get()), import.meta.env.LECTERN_API_URL]
}
