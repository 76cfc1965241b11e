import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { uiDirection, uiLanguage } from '../locales/i18n.ts'
import { courseStore } from '../storage/course-store.ts'
import { erasureStore } from '../storage/erasure-store.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { lessonSettingsStore } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'

/** What pages show of storage. */
const stores = [learnerStore, settingsStore, courseStore, lessonSettingsStore, erasureStore]

/** Shows a page of the extension, in the browser's language, once what it shows was read from storage. */
export async function mountPage(title: string, page: ReactNode): Promise<void> {
  document.title = title
  document.documentElement.lang = uiLanguage()
  document.documentElement.dir = uiDirection()
  await Promise.all(stores.map((store) => store.follow()))
  const root = document.getElementById('page')
  if (root === null) throw new Error('this page has no element with the id "page"')
  createRoot(root).render(<StrictMode>{page}</StrictMode>)
}
