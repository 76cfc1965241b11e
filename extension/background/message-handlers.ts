import { createApiClient } from '../api-client/api-client.ts'
import { ApiError } from '../api-client/api-error.ts'
import { askTab } from '../messaging/ask-tab.ts'
import type { Outcome } from '../messaging/messages.ts'
import type { MessageHandlers } from '../messaging/receive-messages.ts'
import { openSiteTabs } from '../permissions/open-site-tabs.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { courseSites, siteOfPage } from './course-sites.ts'
import { eraseLearner } from './erase-learner.ts'
import { injectLessonView } from './inject-lesson-view.ts'
import { openOnboarding } from './open-onboarding.ts'
import { recognizeSites } from './recognizer.ts'
import { syncLearner } from './sync-learner.ts'

export const messageHandlers: MessageHandlers = {
  'site-rules': async (_, { url }) => {
    const { lesson, ignore } = (url === undefined ? undefined : await siteOfPage(url)) ?? {}
    return { ...(lesson === undefined ? {} : { lesson }), ...(ignore === undefined ? {} : { ignore }) }
  },
  'lesson-recognized': async (_, sender) => {
    await injectLessonView(sender)
    return null
  },
  'open-onboarding': async (_, sender) => {
    await openOnboarding(sender.tab?.id)
    return null
  },
  'preferences-changed': async () => {
    await tellOpenLessons()
    return outcomeOf(syncLearner)
  },
  'sites-changed': async () => {
    await recognizeSites()
    return null
  },
  'load-lesson-view': async ({ tab_id }) => {
    await injectLessonView({ tab: { id: tab_id } })
    return null
  },
  'list-sites': () => courseSites(0),
  'check-api': async ({ api_url }) => {
    const { user_id } = await learnerStore.get()
    return outcomeOf(() => createApiClient(api_url, user_id).listSites(null))
  },
  'erase-learner': async () => {
    const erased = await eraseLearner()
    if (erased.ok) await tellOpenLessons()
    return erased
  },
}

async function tellOpenLessons(): Promise<void> {
  await Promise.all((await openSiteTabs()).map((id) => askTab(id, 'preferences-changed')))
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { ok: false, failure: error.failure }
  }
}
