import '../measure/view-loaded.ts'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { extractLesson } from '../extraction/extract-lesson.ts'
import { mountLessonView } from '../lesson/mount-lesson-view.tsx'
import { PageRecognizer } from '../lesson/page-recognizer.ts'
import { type LessonWatch, watchLesson } from '../lesson/watch-lesson.ts'
import { i18n } from '../locales/i18n.ts'
import { markStage } from '../measure/mark-stage.ts'
import { lessonServices } from '../messaging/lesson-services.ts'
import type { LessonSettings } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { receiveInTab } from '../messaging/tab-messages.ts'
import { measureView } from '../progress/measure-view.ts'
import { furnitureOf } from '../sites/family-furniture.ts'
import { siteFileLink } from '../sites/site-file-link.ts'

declare global {
  /** Set in the isolated world of a page that has the tabs. */
  var lecternLessonView: true | undefined
}

/** Loaded by the background into a page that the recognizer found to be a lesson, or that its learner calls one. */
export default defineUnlistedScript(() => {
  // Nothing else counts: in Chromium an element's id is a name on the window here, too.
  if (globalThis.lecternLessonView === true) return
  markStage('view_evaluated')
  globalThis.lecternLessonView = true
  // Asked for while the extension is there: these say that it is not any more.
  for (const key of ['failures.extension_updated', 'lesson.retry'] as const) i18n.t(key)
  const tabs = showTabs()
  // Before anything is awaited: the popup asks as soon as this has run.
  receiveInTab('show-anyway', async () => {
    const { pages, watch } = await tabs
    const found = pages.insist()
    watch.look()
    return found.lesson ? { lesson: true, title: document.title, family: found.family } : found
  })
  receiveInTab('preferences-changed', async () => {
    const { watch } = await tabs
    watch.view?.invalidate()
    return null
  })
  receiveInTab('lesson-settings-changed', async () => {
    const { applySettings } = await tabs
    applySettings(await sendMessage('lesson-settings'))
    return null
  })
  receiveInTab('flip-tab', async () => {
    const { watch } = await tabs
    watch.view?.flipTab()
    return null
  })
  receiveInTab('flip-block', async () => {
    const { watch } = await tabs
    watch.view?.flipBlock()
    return null
  })
})

/** What the recognizer and the bar's script, which run before this one, have left for it. */
function scriptsBefore() {
  const { lecternRecognizer: recognizer, lecternBar: bars } = globalThis
  if (!recognizer || !bars) throw new Error('too early')
  return { recognizer, bars }
}

async function showTabs() {
  const { recognizer, bars } = scriptsBefore()
  // Not there yet where a learner calls a page a lesson before it was looked at.
  recognizer.rules ??= await sendMessage('site-rules', siteFileLink(document))
  const { rules, look } = recognizer
  const { keep = [] } = rules
  const pages = new PageRecognizer(rules, look)
  let ended = new AbortController()
  let watch = watchPage(ended.signal)
  if (watch.view === undefined) bars.leave()

  function watchPage(signal: AbortSignal): LessonWatch {
    return watchLesson({
      recognize: () => pages.recognize(),
      mount({ root, family, ignore }, selected) {
        const view = mountLessonView({
          root,
          barAbove: bars.above,
          extract: () => extractLesson(root, { ignore, furniture: furnitureOf(family), keep }),
          services: lessonServices,
          signal,
          selected,
        })
        markStage('view_shown')
        return measureView(view, root, signal)
      },
      signal,
    })
  }

  return {
    pages,
    get watch() {
      return watch
    },
    /** Takes the tabs away where they are not wanted any more, and brings them back. */
    applySettings(settings: LessonSettings): void {
      const { allowed } = settings
      watch.view?.applySettings(settings)
      if (allowed === !ended.signal.aborted) return
      if (!allowed) return ended.abort()
      ended = new AbortController()
      watch = watchPage(ended.signal)
    },
  }
}
