import { Value } from 'typebox/value'
import { type Browser, browser } from 'wxt/browser'
import { askTab } from '../messaging/ask-tab.ts'
import { openSiteTabs } from '../permissions/open-site-tabs.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { LessonSettingsKept, lessonSettingsStore } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { injectLessonView } from './inject-lesson-view.ts'
import { hasTabs } from './lesson-settings.ts'
import { recognizeSites, registerRecognizer } from './recognizer.ts'

type Changes = Record<string, Browser.storage.StorageChange>

/** Tells open lessons what a change of storage means to them; any page of the extension may have made it. */
export async function tellOpenLessons(changes: Changes): Promise<void> {
  const isForOther =
    isOther(changes, learnerStore.key, 'user_id', 'preferences') ||
    isOther(changes, settingsStore.key, 'api_url') ||
    hasOtherBackgrounds(changes)
  if (isForOther) await Promise.all((await openSiteTabs()).map((id) => askTab(id, 'preferences-changed')))
  if (isOther(changes, lessonSettingsStore.key, 'sites', 'lessons')) await applyLessonSettings()
  // The API's host stays granted for the API when it is taken back as a site: no permission tells of that.
  if (isOther(changes, settingsStore.key, 'sites_at_api_host')) await disallowSites()
}

/** Lets Lectern run on the sites that are granted now, in their open pages too. */
export async function allowSites(): Promise<void> {
  await recognizeSites()
  await applyLessonSettings()
}

/** Takes Lectern out of open pages of sites that were taken back: they cannot be told from others, so all are asked. */
export async function disallowSites(): Promise<void> {
  await registerRecognizer()
  const tabs = await browser.tabs.query({})
  const ids = tabs.flatMap(({ id }) => id ?? [])
  await Promise.all(ids.map((id) => askTab(id, 'lesson-settings-changed')))
}

async function applyLessonSettings(): Promise<void> {
  await Promise.all((await openSiteTabs()).map(applyTo))
}

/** A page that was recognized while tabs were unwanted on it has no lesson view yet. */
async function applyTo(tabId: number): Promise<void> {
  if ((await askTab(tabId, 'lesson-settings-changed')) !== undefined) return
  const state = await askTab(tabId, 'page-state')
  if (!state?.lesson) return
  const { url } = await browser.tabs.get(tabId)
  if (url !== undefined && (await hasTabs(url))) await injectLessonView({ tab: { id: tabId } })
}

function hasOtherBackgrounds(changes: Changes): boolean {
  const { oldValue, newValue } = changes[lessonSettingsStore.key] ?? {}
  return !Value.Equal(backgroundsIn(oldValue), backgroundsIn(newValue))
}

/** What is set of site's subjects, in the order of their hosts: any change moves a site to the end of the list. */
function backgroundsIn(kept: unknown): string[] {
  if (!Value.Check(LessonSettingsKept, kept)) return []
  return kept.sites
    .flatMap(({ origin, subject_background }) =>
      subject_background === null ? [] : `${origin} ${subject_background}`,
    )
    .sort()
}

function isOther(changes: Changes, key: string, ...fields: string[]): boolean {
  const change = changes[key]
  // A store's first value is what everybody took it to be before.
  if (change?.oldValue == null) return false
  return !Value.Equal(pick(change.oldValue, fields), pick(change.newValue, fields))
}

function pick(value: unknown, fields: string[]): unknown[] {
  const object = (value ?? {}) as Record<string, unknown>
  return fields.map((field) => object[field] ?? null)
}
