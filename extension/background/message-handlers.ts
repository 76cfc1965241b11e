import type { Failure } from '@lectern/shared'
import { browser } from 'wxt/browser'
import { ApiError } from '../api-client/api-error.ts'
import { i18n } from '../locales/i18n.ts'
import { markStage } from '../measure/mark-stage.ts'
import type { Outcome } from '../messaging/messages.ts'
import type { MessageHandlers, Sender } from '../messaging/receive-messages.ts'
import { recordReading } from '../progress/record-reading.ts'
import { syncProgress } from '../progress/sync-progress.ts'
import { schoolPolicy, takenAway } from '../school/school-policy.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { StorageError } from '../storage/storage-error.ts'
import { apiAt } from './api-of-learner.ts'
import { courseTextbooks } from './course-sites.ts'
import { eraseLearner, eraseReplaced } from './erase-learner.ts'
import { exportLearner } from './export-learner.ts'
import { findCourse } from './find-course.ts'
import { injectLessonView } from './inject-lesson-view.ts'
import { changeLessonSettings, hasTabs, lessonSettingsOf } from './lesson-settings.ts'
import { openCourse } from './open-course.ts'
import { openOnboarding } from './open-onboarding.ts'
import { recognizeSites } from './recognizer.ts'
import { reportProblem } from './report-problem.ts'
import { rulesOfPage } from './rules-of-page.ts'
import { syncLearner } from './sync-learner.ts'

export const messageHandlers: MessageHandlers = {
  'site-rules': (link, sender) => rulesOfPage(addressOf(sender), link),
  'lesson-recognized': async (_, sender) => {
    markStage('heard')
    if (sender.url === undefined || !(await hasTabs(sender.url))) return null
    markStage('allowed')
    await injectLessonView(sender)
    return null
  },
  'lesson-settings': (_, sender) => lessonSettingsOf(addressOf(sender)),
  'change-lesson-settings': (change, sender) => changeLessonSettings(addressOf(sender), change),
  'report-problem': async (report, sender) => {
    if (takenAway(await schoolPolicy()).reports) return { ok: false, failure: switchedOff() }
    return outcomeOf(() => reportProblem(report, addressOf(sender)))
  },
  'open-ledger': async () => {
    await browser.tabs.create({ url: browser.runtime.getURL('/options.html#ledger') })
    return null
  },
  'open-onboarding': async (_, sender) => {
    await openOnboarding({ lesson: sender.tab?.id })
    return null
  },
  'course-link': async (_, sender) => {
    await openCourse(addressOf(sender))
    return null
  },
  reading: async (reading, sender) => {
    await recordReading(reading, addressOf(sender))
    return null
  },
  'sync-progress': () => syncProgress({ now: true }),
  'preferences-changed': () => outcomeOf(syncLearner),
  'sites-changed': async () => {
    await recognizeSites()
    return null
  },
  'load-lesson-view': async ({ tab_id }) => {
    await injectLessonView({ tab: { id: tab_id } })
    return null
  },
  'list-sites': courseTextbooks,
  'find-course': findCourse,
  'check-api': async ({ api_url }) => {
    const learner = await learnerStore.get()
    return outcomeOf(() => apiAt(api_url, learner).listSites(null))
  },
  'erase-learner': eraseLearner,
  'learner-replaced': eraseReplaced,
  'export-learner': exportLearner,
}

function switchedOff(): Failure {
  return { error: 'owner_declined', message: i18n.t('school.off') }
}

/** Every sender of a message from a page has an address; only the type leaves it open. */
function addressOf({ url }: Sender): string {
  if (url === undefined) throw new Error('a message without its sender’s address')
  return url
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof StorageError)) throw error
    return { ok: false, failure: error.failure }
  }
}
