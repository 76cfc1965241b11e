import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { markStage } from '../measure/mark-stage.ts'
import type { SiteRules } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { receiveInTab } from '../messaging/tab-messages.ts'
import { removeLeftovers } from '../recognizer/remove-leftovers.ts'
import { watchPage } from '../recognizer/watch-page.ts'
import { type Recognition, recognize } from '../sites/recognize.ts'
import { siteFileLink } from '../sites/site-file-link.ts'

/** What the scripts that come after the recognizer go by. */
type Recognizer = {
  /** Recognizes the page as it is now. */
  look(): Recognition
  rules?: SiteRules
  /** The lesson that was found. */
  lesson?: Extract<Recognition, { lesson: true }>
}

declare global {
  /** Set in the isolated world of a page in which the recognizer runs: a grant runs it in pages that have it. */
  var lecternRecognizer: Recognizer | undefined
}

/** An unlisted script rather than one of WXT's content scripts, which announce themselves to the page by events. */
export default defineUnlistedScript(() => {
  // The window's own alone: in Chromium an element's id is a name on the window here, too.
  if (Object.hasOwn(globalThis, 'lecternRecognizer')) return
  const look = () => recognize(document, location.href, own.rules)
  const own: Recognizer = { look }
  globalThis.lecternRecognizer = own
  removeLeftovers(document)

  receiveInTab('page-state', () => {
    // Beside its tabs a lesson stands twice, once hidden and once rewritten: what was seen before counts.
    // So do tabs on a page that only its learner calls a lesson.
    const hasTabs = document.querySelector('[data-lectern-tabs]') !== null
    const found = hasTabs ? own.lesson : look()
    if (found?.lesson === false) return found
    const on_request = !hasTabs && own.rules?.on_request
    const { family = 'unknown' } = found ?? {}
    return { lesson: true, title: document.title, family, ...(on_request && { on_request }) }
  })
  watchPage({
    async arrive() {
      own.rules = await sendMessage('site-rules', siteFileLink(document))
    },
    look() {
      const found = look()
      if (found.lesson) own.lesson = found
      return found.lesson
    },
    async found() {
      markStage('recognized')
      await sendMessage('lesson-recognized')
    },
  })
})
