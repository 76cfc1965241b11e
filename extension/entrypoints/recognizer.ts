import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import type { SiteRules } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { receiveInTab } from '../messaging/tab-messages.ts'
import { removeLeftovers } from '../recognizer/remove-leftovers.ts'
import { watchPage } from '../recognizer/watch-page.ts'
import { recognize } from '../sites/recognize.ts'
import { siteFileLink } from '../sites/site-file-link.ts'

declare global {
  /** Set in the isolated world of a page in which the recognizer runs: a grant runs it in pages that have it. */
  var lecternRecognizer: true | undefined
}

/** An unlisted script rather than one of WXT's content scripts, which announce themselves to the page by events. */
export default defineUnlistedScript(() => {
  // Nothing else counts: in Chromium an element's id is a name on the window here, too.
  if (globalThis.lecternRecognizer === true) return
  globalThis.lecternRecognizer = true
  removeLeftovers(document)
  let rules: SiteRules = {}
  let family = 'unknown'
  const look = () => recognize(document, location.href, rules)

  receiveInTab('page-state', () => {
    // Beside its tabs a lesson stands twice, once hidden and once rewritten: what was seen before counts.
    // So do tabs on a page that only its learner calls a lesson.
    const hasTabs = document.querySelector('[data-lectern-tabs]') !== null
    if (hasTabs) return { lesson: true, title: document.title, family }
    const found = look()
    if (!found.lesson) return found
    const { on_request } = rules
    return { lesson: true, title: document.title, family: found.family, ...(on_request && { on_request }) }
  })
  watchPage({
    async arrive() {
      rules = await sendMessage('site-rules', siteFileLink(document))
    },
    look() {
      const found = look()
      if (found.lesson) family = found.family
      return found.lesson
    },
    async found() {
      await sendMessage('lesson-recognized')
    },
  })
})
