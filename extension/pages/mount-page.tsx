import { type ReactNode, StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { uiDirection, uiLanguage } from '../locales/i18n.ts'
import { courseStore } from '../storage/course-store.ts'
import { erasureStore } from '../storage/erasure-store.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { lessonSettingsStore } from '../storage/lesson-settings-store.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { StorageError } from '../storage/storage-error.ts'
import { keepInSight } from './keep-in-sight.ts'
import { StorageNotice } from './storage-notice.tsx'

/** What pages show of storage. */
const stores = [learnerStore, settingsStore, courseStore, lessonSettingsStore, erasureStore]

/** Shows a page of the extension, in the browser's language, once what it shows was read from storage. */
export async function mountPage(title: string, page: ReactNode): Promise<void> {
  document.title = title
  document.documentElement.lang = uiLanguage()
  document.documentElement.dir = uiDirection()
  const root = document.getElementById('page')
  if (root === null) throw new Error('this page has no element with the id "page"')
  const shown = createRoot(root)
  try {
    await Promise.all(stores.map((store) => store.follow()))
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    return shown.render(<StorageNotice said={error.failure.message} />)
  }
  const whole = (
    <StrictMode>
      <StorageNotice />
      {page}
    </StrictMode>
  )
  flushSync(() => shown.render(whole))
  keepInSight()
}
