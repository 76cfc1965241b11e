import type { LessonSettings, LessonSettingsChange } from '../messaging/messages.ts'
import { isSite } from '../permissions/site-origins.ts'
import {
  changeLessonVersion,
  changeSiteSettings,
  lessonSettingsStore,
  lessonVersionOf,
  siteSettingsOf,
} from '../storage/lesson-settings-store.ts'

/** How the lesson at an address is to be shown. */
export async function lessonSettingsOf(url: string): Promise<LessonSettings> {
  const kept = await lessonSettingsStore.get()
  const { off, start_personalized } = siteSettingsOf(kept, url)
  const { adjustment, variant } = lessonVersionOf(kept, url)
  return { allowed: !off && (await isSite(url)), start_personalized, adjustment, variant }
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
