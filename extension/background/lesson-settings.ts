import type { LessonSettings, LessonSettingsChange } from '../messaging/messages.ts'
import { isSite } from '../permissions/site-origins.ts'
import { schoolPolicy, takenAway } from '../school/school-policy.ts'
import {
  changeLessonVersion,
  changeSiteSettings,
  lessonSettingsStore,
  lessonVersionOf,
  siteSettingsOf,
} from '../storage/lesson-settings-store.ts'
import { keptDocumentsOf } from './site-documents.ts'
import { keptSiteOfPage } from './site-of-page.ts'
import { isOnRequest } from './site-rules-of.ts'

/** A lesson as it is first made. */
export const usualVersion = { adjustment: 0, variant: 0 } as const

/** How the lesson at an address is to be shown. */
export async function lessonSettingsOf(url: string): Promise<LessonSettings> {
  const [isGranted, kept, site, { files }, policy] = await Promise.all([
    isSite(url),
    lessonSettingsStore.get(),
    keptSiteOfPage(url),
    keptDocumentsOf(url),
    schoolPolicy(),
  ])
  const { reports, versions } = takenAway(policy)
  const onRequest = isOnRequest(site, files[0])
  const { off, start_personalized } = siteSettingsOf(kept, url)
  const { adjustment, variant } = versions ? usualVersion : lessonVersionOf(kept, url)
  return {
    allowed: !off && isGranted,
    start_personalized: start_personalized && !onRequest,
    adjustment,
    variant,
    ...(onRequest && { on_request: true }),
    ...(reports && { no_reports: true }),
    ...(versions && { no_versions: true }),
  }
}

/** Whether a lesson there has its tabs without being asked for them. */
export async function hasTabs(url: string): Promise<boolean> {
  const { allowed, on_request } = await lessonSettingsOf(url)
  return allowed && on_request !== true
}

/** Changes some of it; gives all of it as it is then. */
export async function changeLessonSettings(
  url: string,
  { off, start_personalized, adjustment, variant }: LessonSettingsChange,
): Promise<LessonSettings> {
  const site = defined({ off, start_personalized })
  const version = defined({ adjustment, variant })
  if (Object.keys(site).length > 0) await changeSiteSettings(url, site)
  if (Object.keys(version).length > 0) await changeLessonVersion(url, version)
  return lessonSettingsOf(url)
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
